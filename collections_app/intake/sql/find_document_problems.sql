-- Names what is wrong with single rows of documents, payments and allocations.
-- Parameters: earliest and latest (days), by_open, decimals (most decimals that an amount may have, or NULL for those
-- of its currency), minor_units (JSON of currencies that have other than two), unusual (those currencies).
-- One look over all rows finds the few that need a closer one. Rows: the problems; field is the name of a field, which the caller turns into the header of the file.
WITH suspect AS MATERIALIZED (
    SELECT *
    FROM arranged
    WHERE customer_id IS NULL OR type = ''
       OR coalesce(CASE WHEN %(by_open)s THEN open_amount ELSE amount END, -1) <= 0
       OR is_two_sided OR open_amount > amount OR open_amount >= 1e15 OR amount >= 1e15
       OR scale(amount) > 2 OR scale(open_amount) > 2 OR currency = ANY (%(unusual)s)
       OR posted_on IS NULL OR issued_on IS NULL
       OR least(issued_on, due_on, posted_on, settled_on) < %(earliest)s::date
       OR greatest(issued_on, due_on, posted_on, settled_on) > %(latest)s::date
       OR shape IN ('allocation', 'deallocation') OR kind = 'reversal'
)
SELECT line, 'customer' AS field, 'customer_missing' AS code, 'The row names no customer.' AS message
FROM suspect WHERE customer_id IS NULL
UNION ALL
SELECT line, 'type', 'type_missing', 'The row does not say what it is.'
FROM suspect WHERE type = ''
UNION ALL
SELECT line, CASE WHEN %(by_open)s THEN 'open_amount' ELSE 'amount' END, 'amount_missing', 'The row has no amount.'
FROM suspect
WHERE CASE WHEN %(by_open)s THEN open_amount ELSE amount END IS NULL AND kind NOT IN ('reversal', 'deallocation')
UNION ALL
SELECT line, 'amount', 'amount_not_positive', 'The amount of a ' || kind || ' is above zero.'
FROM suspect WHERE kind IN ('allocation', 'reversal') AND amount = 0
UNION ALL
SELECT line, 'amount', 'two_sides', 'The amount and the open amount have different signs.'
FROM suspect WHERE %(by_open)s AND is_two_sided
UNION ALL
SELECT line, 'open_amount', 'more_open_than_amount',
       format('%%s is open, but the amount is only %%s.', trim_scale(open_amount), trim_scale(amount))
FROM suspect WHERE open_amount > amount AND NOT is_two_sided
UNION ALL
SELECT line, 'amount', 'too_many_decimals',
       format('“%%s” has more decimals than %%s has.', trim_scale(greatest(amount, open_amount)), currency)
FROM suspect
WHERE greatest(min_scale(amount), min_scale(open_amount))
      > coalesce(%(decimals)s::int, (%(minor_units)s::jsonb ->> currency)::int, 2)
UNION ALL
SELECT line, 'amount', 'amount_too_large', 'The amount is larger than any amount in a ledger.'
FROM suspect WHERE greatest(amount, open_amount) >= 1e15
UNION ALL
SELECT line, 'issued_on', 'day_missing', 'The row has no date.'
FROM suspect WHERE issued_on IS NULL AND posted_on IS NULL
UNION ALL
SELECT line, field, 'day_out_of_range', format('%%s cannot be right: days from %%s to %%s are taken in.', day, %(earliest)s, %(latest)s)
FROM suspect
CROSS JOIN LATERAL (VALUES ('issued_on', issued_on), ('due_on', due_on), ('posted_on', posted_on), ('settled_on', settled_on))
    AS days (field, day)
WHERE least(issued_on, due_on, posted_on, settled_on) < %(earliest)s::date
   OR greatest(issued_on, due_on, posted_on, settled_on) > %(latest)s::date
GROUP BY line, field, day
HAVING day < %(earliest)s::date OR day > %(latest)s::date
UNION ALL
SELECT line, 'type', 'not_on_this_list', 'A list of open items has no allocations and no reversals.'
FROM suspect WHERE %(by_open)s AND kind IN ('allocation', 'deallocation', 'reversal')
UNION ALL
SELECT line, 'reverses', 'reversal_of_nothing', 'The row does not say which payment or allocation it reverses.'
FROM suspect WHERE kind = 'reversal' AND reverses IS NULL
UNION ALL
SELECT max(line), 'number', 'stands_twice',
       format('“%%s” stands in lines %%s and %%s and does not say the same.', number, min(line), max(line))
FROM arranged
JOIN repeated_key USING (customer_id, kind, number, instalment)
GROUP BY customer_id, kind, number, instalment
HAVING count(*) > 1
