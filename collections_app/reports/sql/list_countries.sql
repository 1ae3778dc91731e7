-- The countries of a company's customers, each once; empty for customers without one. One look into the index for each.
-- Parameters: company (id). Relies on customer_by_country. Rows: one a country, some dozens.
WITH RECURSIVE known AS (
    (SELECT country FROM customer WHERE company_id = %(company)s ORDER BY country LIMIT 1)
    UNION ALL
    SELECT (
        SELECT c.country FROM customer AS c WHERE c.company_id = %(company)s AND c.country > known.country ORDER BY c.country LIMIT 1
    )
    FROM known WHERE known.country IS NOT NULL
)
SELECT country FROM known WHERE country IS NOT NULL
