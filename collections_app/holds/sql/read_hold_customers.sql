-- What decides about customers' orders besides their documents: limit, segment, whether anything was ever invoiced to them,
-- and the group that they stand in: the customer at the top of their parents, under whose limit all below it stand.
-- Parameters: customers (array of ids). Indexes: primary keys, invoice_is_known_once. Rows: one a customer.
WITH RECURSIVE chain AS (
    SELECT id AS customer_id, id AS at_id, parent_id, 0 AS height FROM customer WHERE id = ANY(%(customers)s::bigint[])
    UNION ALL
    SELECT chain.customer_id, customer.id, customer.parent_id, chain.height + 1
    FROM chain JOIN customer ON customer.id = chain.parent_id
    WHERE chain.height < 20
),
top AS (
    SELECT DISTINCT ON (customer_id) customer_id, at_id AS top_id FROM chain ORDER BY customer_id, height DESC
)
SELECT customer.id, customer.credit_limit, customer.currency, term.limit_expires_on, coalesce(segment.code, '') AS segment_code,
    NOT EXISTS (
        SELECT FROM invoice WHERE invoice.customer_id = customer.id AND invoice.kind <> 'credit_note'
    ) AS is_new,
    top.top_id, head.name AS top_name, head.credit_limit AS top_limit, head.currency AS top_currency
FROM customer
JOIN top ON top.customer_id = customer.id
JOIN customer AS head ON head.id = top.top_id
LEFT JOIN credit_term AS term ON term.customer_id = customer.id
LEFT JOIN customer_assignment AS assignment ON assignment.customer_id = customer.id
LEFT JOIN segment ON segment.id = assignment.segment_id
WHERE customer.id = ANY(%(customers)s::bigint[])
