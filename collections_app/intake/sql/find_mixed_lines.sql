-- Names documents of several rows whose rows do not belong together: in two currencies, or of two types where the type
-- stands on the first row only. Parameters: types_filled_down (true: it does). Rows: the problems, with the name of a field.
SELECT max(line) AS line, 'currency' AS field, 'two_currencies' AS code,
       format('“%%s” stands in %%s and in %%s. One document has one currency.', number, min(currency), max(currency)) AS message
FROM arrived
WHERE number IS NOT NULL
GROUP BY customer, coalesce(customer, customer_name), number, instalment, type
HAVING count(DISTINCT currency) > 1
UNION ALL
SELECT max(line), 'type', 'two_types',
       format('“%%s” stands as %%s and as %%s. One document has one type.', number, replace(min(type), '_', ' '), replace(max(type), '_', ' '))
FROM arrived
WHERE %(types_filled_down)s AND number IS NOT NULL
GROUP BY customer, coalesce(customer, customer_name), number, instalment
HAVING count(DISTINCT type) > 1
