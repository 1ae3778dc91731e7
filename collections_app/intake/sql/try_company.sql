-- Holds the ledger of a company until the transaction ends, if nobody else does. Parameters: company (id).
SELECT pg_try_advisory_xact_lock(7201, %(company)s::int) AS is_held
