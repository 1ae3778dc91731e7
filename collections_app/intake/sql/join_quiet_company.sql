-- Keeps files of a company out of its ledger until the transaction ends, unless one is just being read in: then there is
-- no waiting for it. Several who read the ledger may do so at once. Parameters: company (id).
SELECT pg_try_advisory_xact_lock_shared(7201, %(company)s::int) AS is_quiet
