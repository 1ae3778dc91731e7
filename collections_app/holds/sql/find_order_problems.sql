-- Names what is wrong with orders. Parameters: minor_units (JSON of currencies that have other than two), below (first amount
-- that is too large). Rows: the problems, with the name of a field.
SELECT line, 'number' AS field, 'number_missing' AS code, 'An order needs a number.' AS message FROM arrived WHERE number IS NULL
UNION ALL
SELECT line, 'type', 'type_missing', 'The row does not say whether the order is in hand, delivered or cancelled.'
FROM arrived WHERE type IS NULL
UNION ALL
SELECT line, 'customer', 'customer_missing', 'The row names no customer.' FROM arrived WHERE customer IS NULL
UNION ALL
SELECT line, 'customer', 'no_such_customer', format('No customer has the number “%%s”. Bring the customer in first.', customer)
FROM stated_order WHERE customer IS NOT NULL AND customer_id IS NULL
UNION ALL
SELECT line, 'customer', 'other_customer', format('Order %%s is known as one of another customer, and stays theirs.', number)
FROM stated_order WHERE known_customer_id <> customer_id
UNION ALL
SELECT line, 'type', 'ended', format('Order %%s was %%s already. A new order needs a new number.', number, known_state)
FROM stated_order WHERE known_state <> 'in_hand' AND state = 'in_hand'
UNION ALL
SELECT line, 'amount', 'amount_missing', 'The row states no amount.' FROM stated_order WHERE amount IS NULL
UNION ALL
SELECT line, 'amount', 'amount', 'The amount of an order is above zero, and has at most 15 digits.'
FROM stated_order WHERE amount <= 0 OR amount >= %(below)s
UNION ALL
SELECT line, 'amount', 'too_many_decimals', format('“%%s” has more decimals than %%s has.', trim_scale(amount), currency)
FROM stated_order WHERE min_scale(amount) > coalesce((%(minor_units)s::jsonb ->> currency)::int, 2)
UNION ALL
SELECT max(line), 'number', 'stands_twice', format('Order “%%s” stands in lines %%s and %%s and does not say the same.', number, min(line), max(line))
FROM (
    SELECT number, min(line) AS line FROM arrived
    GROUP BY number, type, customer, currency, amount, placed_on, wanted_on, exemption_class, salesperson, source
) AS said
WHERE number IS NOT NULL
GROUP BY number HAVING count(*) > 1
