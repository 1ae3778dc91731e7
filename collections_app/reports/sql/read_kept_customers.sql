-- ``kept``, what customers add to the standing snapshot of a day; narrowed by where they belong now, as lists are. Others go on.
-- Parameters: company (id); day; customers (array of ids: these alone, NULL for all); without (array of ids: none of these);
-- segment (code), collector, salesperson (ids, 0 for nobody), country, each NULL for all.
-- Relies on customer_adds_once_to_a_snapshot; one pass over the company's kept customers unless only some are asked for.
-- Rows: one a customer and currency.
WITH kept AS (
    SELECT added.*
    FROM report_snapshot AS snapshot
    JOIN report_customer_sum AS added ON added.snapshot_id = snapshot.id
    WHERE snapshot.company_id = %(company)s AND snapshot.is_current AND snapshot.day = %(day)s
        AND (%(customers)s::bigint[] IS NULL OR added.customer_id = ANY(%(customers)s::bigint[]))
        AND added.customer_id <> ALL(%(without)s::bigint[])
        AND (coalesce(%(segment)s::text, %(collector)s::text, %(salesperson)s::text, %(country)s::text) IS NULL
            OR added.customer_id IN (
                SELECT c.id
                FROM customer AS c
                LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
                LEFT JOIN segment AS s ON s.id = a.segment_id
                WHERE c.company_id = %(company)s
                    AND (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
                    AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND a.collector_id IS NULL)
                    AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND c.salesperson_id IS NULL)
                    AND (%(country)s::text IS NULL OR c.country = %(country)s)
            ))
)
