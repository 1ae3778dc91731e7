-- The customers that share a limit with some: each beneath the one at the top of their parents, and that one; who stands alone
-- is a circle of one.
-- Parameters: customers (array of ids). Indexes: primary key, customer_parent_id. Rows: one a top and member.
WITH RECURSIVE chain AS (
    SELECT id AS customer_id, id AS at_id, parent_id, 0 AS height FROM customer WHERE id = ANY(%(customers)s::bigint[])
    UNION ALL
    SELECT chain.customer_id, customer.id, customer.parent_id, chain.height + 1
    FROM chain JOIN customer ON customer.id = chain.parent_id
    WHERE chain.height < 20
),
top AS (
    SELECT DISTINCT ON (customer_id) at_id FROM chain ORDER BY customer_id, height DESC
),
member AS (
    SELECT customer.id AS top_id, customer.id AS customer_id, 0 AS depth
    FROM customer WHERE id IN (SELECT at_id FROM top) AND credit_limit IS NOT NULL
    UNION ALL
    SELECT member.top_id, customer.id, member.depth + 1
    FROM member JOIN customer ON customer.parent_id = member.customer_id
    WHERE member.depth < 20
)
SELECT top_id, customer_id, count(*) OVER (PARTITION BY top_id) > 1 AS is_shared FROM member ORDER BY top_id, customer_id
