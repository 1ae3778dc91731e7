-- What every customer beneath a top one has on credit by currency, as positions have it; members without any have one row
-- without a currency.
-- Parameters: tops (array of ids of customers). Indexes: customer_parent_id, customer_has_one_position_a_currency.
-- Rows: one a member and currency.
WITH RECURSIVE member AS (
    SELECT id AS top_id, id AS customer_id, 0 AS depth FROM customer WHERE id = ANY(%(tops)s::bigint[])
    UNION ALL
    SELECT member.top_id, customer.id, member.depth + 1
    FROM member JOIN customer ON customer.parent_id = member.customer_id
    WHERE member.depth < 20
)
SELECT member.top_id, member.customer_id, position.currency, coalesce(position.exposure, 0) AS exposure
FROM member
LEFT JOIN customer_position AS position ON position.customer_id = member.customer_id
