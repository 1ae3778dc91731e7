-- As many postings as two years of files and deeds make, three a day, which the benchmark puts nothing into; all but the last thing
-- posted are known to whoever reads what is new.
-- Parameters: company (id), at (moment).
-- Rows: one a posting.
INSERT INTO posting (company_id, recorded_at, source)
SELECT %(company)s, %(at)s::timestamptz - make_interval(hours => 8 * n), 'benchmark ' || n
FROM generate_series(1, 2190) AS n
