-- Which customers belong to one group of companies with those that are asked about: all beneath the same eldest parent.
-- One row for each, with that parent (top_id); customers that stand alone have none.
-- Parameters: customers (array of ids). Indexes: customer_parent_id. Rows: one a member of their groups, mostly few.
WITH RECURSIVE above AS (
    SELECT id, parent_id, 0 AS steps FROM customer WHERE id = ANY(%(customers)s::bigint[])
    UNION
    SELECT customer.id, customer.parent_id, above.steps + 1
    FROM above
    JOIN customer ON customer.id = above.parent_id
    WHERE above.steps < 20
),
below AS (
    SELECT DISTINCT id AS top_id, id AS member_id, 0 AS steps FROM above WHERE parent_id IS NULL
    UNION ALL
    SELECT below.top_id, customer.id, below.steps + 1
    FROM below
    JOIN customer ON customer.parent_id = below.member_id
    WHERE below.steps < 20
),
sized AS (
    SELECT top_id, member_id, count(*) OVER (PARTITION BY top_id) AS members FROM below
)
SELECT top_id, member_id FROM sized WHERE members > 1
