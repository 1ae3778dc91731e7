-- Keeps in which state the disputes of each customer were read. Parameters: company (id); customers (ids, an array; NULL for all).
-- Rows: one a customer with a dispute.
INSERT INTO report_customer_part (company_id, customer_id, name, currency, keys, counts, amounts)
SELECT company_id, customer_id, 'disputes', '', ARRAY[0], ARRAY[count(*)], ARRAY[sum(version)]
FROM dispute
WHERE company_id = %(company)s AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
GROUP BY company_id, customer_id
