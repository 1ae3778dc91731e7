-- Where the customers of a company belong now: their countries, and the people who look after them and sell to them, each once. A
-- report can be narrowed to whoever was given customers after the newest snapshot. One look into an index for each, and never all
-- customers.
-- Parameters: company (id).
-- Relies on: assignment_by_collector, customers by salesperson, customer_by_country.
-- Rows: one a place, some hundreds: ``of`` names the dimension, ``value`` is the code or the id, ``label`` what it is called.
WITH RECURSIVE country AS (
    (SELECT country AS code FROM customer WHERE company_id = %(company)s ORDER BY country LIMIT 1)
    UNION ALL
    SELECT (
        SELECT c.country FROM customer AS c WHERE c.company_id = %(company)s AND c.country > country.code ORDER BY c.country LIMIT 1
    )
    FROM country WHERE country.code IS NOT NULL
)
SELECT 'country' AS of, code AS value, code AS label FROM country WHERE code <> ''
UNION ALL
SELECT 'collector', u.id::text, u.full_name
FROM app_user AS u
CROSS JOIN LATERAL (
    SELECT FROM customer_assignment AS a WHERE a.company_id = %(company)s AND a.collector_id = u.id LIMIT 1
) AS used
UNION ALL
SELECT 'salesperson', u.id::text, u.full_name
FROM app_user AS u
CROSS JOIN LATERAL (SELECT FROM customer AS c WHERE c.salesperson_id = u.id AND c.company_id = %(company)s LIMIT 1) AS used
