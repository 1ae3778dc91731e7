-- What tells whether customers were placed otherwise since: the newest change and how many there are, since one that is committed
-- late changes the number.
-- Parameters: company (id).
-- Relies on: assignment_change_by_company, alone; some thousand a year.
-- Rows: one.
SELECT (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database, count(*) AS number, max(id) AS newest
FROM assignment_change WHERE company_id = %(company)s
