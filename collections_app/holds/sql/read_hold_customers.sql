-- What decides about customers' orders besides their documents: limit, segment, whether anything was ever invoiced to them,
-- and the group that they stand in: the customer at the top of their parents, under whose limit all below it stand. What only
-- few have is told by a flag, so that it is looked up for those alone.
-- Parameters: customers (array of ids), broken_since and day (dates).
-- Indexes: primary keys, invoice_is_known_once, customer_parent_id, customer_is_forced_on_hold_once_at_a_time,
-- hold_exclusion_standing, promise_by_customer. Rows: one a customer.
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
    EXISTS (SELECT FROM customer AS below WHERE below.parent_id = top.top_id) AS is_in_group,
    EXISTS (
        SELECT FROM forced_hold WHERE forced_hold.customer_id = customer.id AND forced_hold.ended_at IS NULL
    ) AS is_forced,
    EXISTS (
        SELECT FROM hold_exclusion WHERE hold_exclusion.customer_id = customer.id AND hold_exclusion.ended_at IS NULL
    ) AS has_exclusions,
    EXISTS (
        SELECT FROM promise
        WHERE promise.customer_id = customer.id AND promise.state = 'broken' AND promise.settled_on > %(broken_since)s
            AND promise.settled_on <= %(day)s
    ) AS has_broken,
    top.top_id, head.name AS top_name, head.credit_limit AS top_limit, head.currency AS top_currency
FROM customer
JOIN top ON top.customer_id = customer.id
JOIN customer AS head ON head.id = top.top_id
LEFT JOIN credit_term AS term ON term.customer_id = customer.id
LEFT JOIN customer_assignment AS assignment ON assignment.customer_id = customer.id
LEFT JOIN segment ON segment.id = assignment.segment_id
WHERE customer.id = ANY(%(customers)s::bigint[])
