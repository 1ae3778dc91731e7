-- What figures of the ledger depend on, in a few numbers that are others after every change: postings and disputes. A posting that is
-- committed late changes the number of postings.
-- Parameters: company (id).
-- Relies on: postings and disputes of a company, thousands.
-- Rows: one.
SELECT statement_timestamp() AS at, (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database,
    (SELECT array[count(*), max(id)] FROM posting WHERE company_id = %(company)s) AS postings,
    (SELECT array[count(*), sum(version), max(id)] FROM dispute WHERE company_id = %(company)s) AS disputes
