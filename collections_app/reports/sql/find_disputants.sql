-- The customers whose disputes are others than those that were read: lodged since, or changed, which counts their version on.
-- Parameters: company (id). Relies on dispute_by_lodging, customer_has_a_part_once; some ten thousand disputes.
-- Rows: one a customer.
SELECT customer_id
FROM (
    SELECT customer_id, count(*) AS number, sum(version) AS versions FROM dispute WHERE company_id = %(company)s GROUP BY customer_id
) AS now
FULL JOIN (
    SELECT customer_id, counts[1] AS number, amounts[1] AS versions
    FROM report_customer_part WHERE company_id = %(company)s AND name = 'disputes'
) AS before USING (customer_id)
WHERE (now.number, now.versions) IS DISTINCT FROM (before.number, before.versions)
