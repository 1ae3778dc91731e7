-- A number that is another whenever a customer is in another country or time zone than before: calls are judged by both.
-- Parameters: company (id). Relies on customer_by_country, customer_by_time_zone: read from the indexes alone. Rows: one.
SELECT
    (SELECT coalesce(sum(hashtextextended(country, id)), 0) FROM customer WHERE company_id = %(company)s) AS countries,
    (SELECT coalesce(sum(hashtextextended(time_zone, id)), 0) FROM customer WHERE company_id = %(company)s AND time_zone <> '') AS time_zones
