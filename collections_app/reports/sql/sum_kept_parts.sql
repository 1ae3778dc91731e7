-- What was kept of customers, added up.
-- Parameters: company (id); customers (ids, an array; NULL for all); names (of parts, an array; NULL for all). Relies on customer_has_a_part_once.
-- Rows: one a part, currency and key.
SELECT name, currency, key, sum(count)::bigint AS count, sum(amount) AS amount
FROM report_customer_part CROSS JOIN LATERAL unnest(keys, counts, amounts) AS told (key, count, amount)
WHERE company_id = %(company)s
    AND (%(names)s::text[] IS NULL OR name = ANY(%(names)s::text[]))
    AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
GROUP BY name, currency, key
