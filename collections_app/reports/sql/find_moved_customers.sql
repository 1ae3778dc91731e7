-- Who came to or left what a report is narrowed to since a moment: of whom it is kept that they belonged elsewhere, as seen from it,
-- than they belong now. Nobody is told who is newer than the moment and was there ever since.
-- Parameters: company (id); at (the moment); segment (code), collector, salesperson (ids, 0 for nobody), country, each NULL for all.
-- Relies on: assignment and segment by key; one pass over the company's kept placements.
-- Rows: one a customer who moved: whether they are here now, and whether they were on the other side at the moment itself.
WITH seen AS (
    SELECT kept.customer_id, kept.since_at <= %(at)s AS is_first,
        (%(segment)s::text IS NULL OR kept.segment = %(segment)s)
            AND (%(collector)s::bigint IS NULL OR coalesce(kept.collector_id, 0) = %(collector)s)
            AND (%(salesperson)s::bigint IS NULL OR coalesce(kept.salesperson_id, 0) = %(salesperson)s)
            AND (%(country)s::text IS NULL OR kept.country = %(country)s) AS was_here,
        (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
            AND (%(collector)s::bigint IS NULL OR coalesce(a.collector_id, 0) = %(collector)s)
            AND (%(salesperson)s::bigint IS NULL OR coalesce(c.salesperson_id, 0) = %(salesperson)s)
            AND (%(country)s::text IS NULL OR c.country = %(country)s) AS is_here
    FROM report_placement AS kept
    JOIN customer AS c ON c.id = kept.customer_id
    LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
    LEFT JOIN segment AS s ON s.id = a.segment_id
    WHERE kept.company_id = %(company)s AND (kept.until_at IS NULL OR kept.until_at > %(at)s)
)
SELECT customer_id, is_here, bool_or(is_first) AS is_since_first
FROM seen
WHERE was_here <> is_here
GROUP BY customer_id, is_here
