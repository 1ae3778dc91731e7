-- Goes on from place_customers: the customers that make up a part of the ledger in one currency, the largest first, page by
-- page, each row with the sum and number of them all.
-- Parameters: those of place_customers; currency; part ('aged', 'credits', 'unallocated', NULL for all); first and last (days
-- overdue, both included, NULL without end); limit and skip (rows).
-- Rows: one a customer, at most ``limit``.
SELECT customer.id, customer.number, customer.name, sum(item.amount) AS amount, count(*) AS items,
    sum(sum(item.amount)) OVER () AS whole, count(*) OVER () AS customers,
    max(%(day)s::date - item.due_on) FILTER (WHERE item.part = 'aged') AS oldest_days
FROM item
JOIN placed USING (customer_id)
JOIN customer ON customer.id = item.customer_id
WHERE item.currency = %(currency)s
    AND (%(part)s::text IS NULL OR item.part = %(part)s)
    AND (%(first)s::integer IS NULL OR coalesce(%(day)s::date - item.due_on, 0) >= %(first)s)
    AND (%(last)s::integer IS NULL OR coalesce(%(day)s::date - item.due_on, 0) <= %(last)s)
GROUP BY customer.id
ORDER BY abs(sum(item.amount)) DESC, customer.id
LIMIT %(limit)s OFFSET %(skip)s
