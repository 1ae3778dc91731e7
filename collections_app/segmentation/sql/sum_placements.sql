-- How much is owed in each place: customers side by side with the number of the place a rule put them in.
-- Amounts stay apart by currency. A customer who owes nothing has no position, and is counted by the caller.
-- Parameters: customers, places: arrays of numbers, side by side.
-- Relies on the unique index of customer_position on customer_id and currency. Rows: places times currencies.
SELECT
    placed.place,
    position.currency,
    count(*) AS customers,
    sum(position.exposure) AS exposure,
    sum(position.overdue) AS overdue,
    sum(position.to_collect) AS to_collect
FROM unnest(%(customers)s::bigint[], %(places)s::bigint[]) AS placed (customer_id, place)
JOIN customer_position AS position ON position.customer_id = placed.customer_id
WHERE placed.place IS NOT NULL
GROUP BY placed.place, position.currency
ORDER BY placed.place, position.currency;
