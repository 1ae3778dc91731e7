-- Up to when files and postings tell of the ledger of a company: its lists of open items (the newest day of one, how many days
-- there are lists of, and when the last was brought in), its files of transactions (the newest day in one, and when the last was
-- brought in), and its newest posting. Every page asks, so it is one statement.
-- Parameters: company (id), applied (a batch's state), lists, transactions (kinds of file).
-- Relies on batch_by_company and posting_by_time. Rows: one.
SELECT
    max(as_of) FILTER (WHERE kind = %(lists)s) AS list_on,
    count(DISTINCT as_of) FILTER (WHERE kind = %(lists)s) AS list_days,
    max(ended_at) FILTER (WHERE kind = %(lists)s) AS list_at,
    max(newest_on) FILTER (WHERE kind = %(transactions)s) AS file_on,
    max(ended_at) FILTER (WHERE kind = %(transactions)s) AS file_at,
    (SELECT recorded_at FROM posting WHERE company_id = %(company)s ORDER BY recorded_at DESC LIMIT 1) AS posted_at
FROM import_batch
WHERE company_id = %(company)s AND state = %(applied)s AND kind IN (%(lists)s, %(transactions)s)
