-- Whom a report is narrowed to, where customers belong now. Those who were never placed belong to nobody and to no segment: each
-- customer is placed once, so they are looked for only where there are more customers than places.
-- Parameters: company (id); segment (code, empty for none), collector, salesperson (ids, 0 for nobody), country, insured, each NULL for all.
-- Relies on: assignment_by_collector, assignment by segment, customer_by_country, customers by salesperson.
-- Rows: one, with the ids in order.
WITH asked AS NOT MATERIALIZED (
    SELECT c.id FROM customer AS c
    WHERE c.company_id = %(company)s
        AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND c.salesperson_id IS NULL)
        AND (%(country)s::text IS NULL OR c.country = %(country)s)
        AND (%(insured)s::boolean IS NULL OR (c.insurer_report_days IS NOT NULL) = %(insured)s)
),
member AS (
    SELECT id FROM asked WHERE %(segment)s::text IS NULL AND %(collector)s::bigint IS NULL
    UNION ALL
    SELECT a.customer_id
    FROM customer_assignment AS a
    JOIN asked ON asked.id = a.customer_id
    WHERE (%(segment)s::text IS NOT NULL OR %(collector)s::bigint IS NOT NULL) AND a.company_id = %(company)s
        AND (%(segment)s::text IS NULL OR %(segment)s::text = '' AND a.segment_id IS NULL
            OR a.segment_id = ANY(ARRAY(SELECT s.id FROM segment AS s WHERE s.code = %(segment)s)))
        AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND a.collector_id IS NULL)
    UNION ALL
    SELECT asked.id
    FROM asked
    WHERE (%(segment)s::text IS NOT NULL OR %(collector)s::bigint IS NOT NULL)
        AND coalesce(%(segment)s::text, '') = '' AND coalesce(%(collector)s::bigint, 0) = 0
        AND (SELECT count(*) FROM customer WHERE company_id = %(company)s)
            <> (SELECT count(*) FROM customer_assignment WHERE company_id = %(company)s)
        AND NOT EXISTS (SELECT FROM customer_assignment AS a WHERE a.customer_id = asked.id)
)
SELECT coalesce(array_agg(id ORDER BY id), '{}') AS members FROM member
