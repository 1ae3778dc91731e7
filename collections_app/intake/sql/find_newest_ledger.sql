-- When the ledger of a company was last brought up to date: by its newest applied file, else by its newest posting.
-- Every page asks, so it is one statement. Parameters: company (id), applied (a batch's state), kinds (array of kinds of file).
-- Relies on batch_by_company and posting_by_time. Rows: one, or none.
SELECT at, as_of
FROM (
    (
        SELECT 1 AS place, ended_at AS at, as_of
        FROM import_batch
        WHERE company_id = %(company)s AND state = %(applied)s AND kind = ANY(%(kinds)s)
        ORDER BY ended_at DESC NULLS LAST
        LIMIT 1
    )
    UNION ALL
    (
        SELECT 2, recorded_at, NULL
        FROM posting
        WHERE company_id = %(company)s
        ORDER BY recorded_at DESC
        LIMIT 1
    )
) AS news
ORDER BY place
LIMIT 1
