-- Goes on from place_customers: what is open of each customer in one currency, by age since the due date or the date of the invoice;
-- each row with the sum and number of them all. ``slots`` are the buckets from 1, 0 before them, -1 unallocated money, -2 credit notes.
-- Parameters: those of place_customers; currency; by ('due' or 'invoice'); firsts (the first day of each bucket, an array); limit and
-- skip (rows).
-- Rows: one a customer, at most ``limit``.
, slotted AS (
    SELECT item.customer_id,
        CASE item.part
            WHEN 'aged' THEN
                coalesce(width_bucket(%(day)s::date - CASE WHEN %(by)s = 'due' THEN item.due_on ELSE item.issued_on END, %(firsts)s), 0)
            WHEN 'unallocated' THEN -1
            ELSE -2
        END AS slot,
        sum(item.amount) AS amount
    FROM item
    JOIN placed USING (customer_id)
    WHERE item.currency = %(currency)s
    GROUP BY item.customer_id, slot
)
SELECT customer.number, customer.name, sum(slotted.amount) AS amount, array_agg(slotted.slot) AS slots,
    array_agg(slotted.amount) AS amounts, sum(sum(slotted.amount)) OVER () AS whole, count(*) OVER () AS customers
FROM slotted
JOIN customer ON customer.id = slotted.customer_id
GROUP BY customer.id
ORDER BY customer.number, customer.id
LIMIT %(limit)s OFFSET %(skip)s
