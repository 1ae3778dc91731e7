-- ``kept``, since when and until when customers belonged to what a report is narrowed to, as snapshots kept it; of those who moved
-- ever. Others go on from it.
-- Parameters: company (id); segment (code), collector, salesperson (ids, 0 for nobody), country, each NULL for all.
-- Relies on: one pass over the company's kept placements.
-- Rows: one a customer and time.
WITH kept AS (
    SELECT customer_id, since_at, coalesce(until_at, 'infinity') AS until_at
    FROM report_placement
    WHERE company_id = %(company)s
        AND customer_id IN (SELECT customer_id FROM report_placement WHERE company_id = %(company)s AND until_at IS NOT NULL)
        AND (%(segment)s::text IS NULL OR segment = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR coalesce(collector_id, 0) = %(collector)s)
        AND (%(salesperson)s::bigint IS NULL OR coalesce(salesperson_id, 0) = %(salesperson)s)
        AND (%(country)s::text IS NULL OR country = %(country)s)
)
