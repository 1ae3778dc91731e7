-- Goes on from part_kept_customers: a page of the customers that make up a part, the largest first. Those who are read from rows
-- instead (``without``) are given with what they add now.
-- Parameters: those of part_kept_customers; ids, amounts (arrays: customers that are read from rows); limit and skip (rows).
-- Rows: one a customer, at most ``limit``.
SELECT customer_id AS id
FROM (
    SELECT customer_id, amount FROM parted
    UNION ALL
    SELECT * FROM unnest(%(ids)s::bigint[], %(amounts)s::numeric[])
) AS listed
ORDER BY abs(amount) DESC, customer_id
LIMIT %(limit)s OFFSET %(skip)s
