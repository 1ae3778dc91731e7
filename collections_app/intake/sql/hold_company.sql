-- Holds the ledger of a company until the transaction ends; waits for whoever holds it. Parameters: company (id).
SELECT pg_advisory_xact_lock(7201, %(company)s::int)
