-- The first rows of each kind of change that a file of documents and payments makes, to be looked at before it is applied.
-- Parameters: by_open (true: a list of open items), most (rows of each kind of change), new, changed, settled (true: there
-- are such rows; what there is none of is not looked for).
-- Relies on: customer's primary key. Rows: at most three times ``most``.
WITH changes AS NOT MATERIALIZED (
    SELECT CASE WHEN known_id IS NULL THEN 'new'
                WHEN known_open > 0 AND (open_amount = 0 OR NOT %(by_open)s AND settled_on IS NOT NULL) THEN 'settled'
                ELSE 'changed' END AS change,
           line, kind, number, customer_id, currency,
           CASE WHEN %(by_open)s THEN known_open ELSE known_amount END AS was,
           CASE WHEN %(by_open)s THEN open_amount ELSE amount END AS becomes, known_due AS due_was, due_on
    FROM arriving_document d
    WHERE NOT EXISTS (SELECT FROM settled_document s WHERE s.id = d.known_id)
      AND (known_id IS NULL OR known_amount <> amount OR known_due IS DISTINCT FROM due_on OR is_reworded
       OR %(by_open)s AND known_open <> open_amount OR NOT %(by_open)s AND known_open > 0 AND settled_on IS NOT NULL)
    UNION ALL
    SELECT 'settled', line, kind, number, customer_id, currency, known_open, 0, due_on, due_on FROM settled_document
    UNION ALL
    SELECT CASE WHEN known_id IS NULL THEN 'new' WHEN open_amount = 0 THEN 'settled' ELSE 'changed' END,
           line, kind, number, customer_id, currency,
           CASE WHEN %(by_open)s THEN known_open ELSE known_amount END, CASE WHEN %(by_open)s THEN open_amount ELSE amount END,
           NULL, NULL
    FROM arriving_payment
    WHERE known_id IS NULL OR %(by_open)s AND known_open <> open_amount
    UNION ALL
    SELECT 'settled', NULL, v.kind, invoice.number, v.customer_id, v.currency, v.open_amount, 0, invoice.due_on, invoice.due_on
    FROM vanished_document v JOIN invoice ON invoice.id = v.id
    UNION ALL
    SELECT 'settled', NULL, v.kind, payment.number, v.customer_id, v.currency, v.open_amount, 0, NULL, NULL
    FROM vanished_payment v JOIN payment ON payment.id = v.id
)
SELECT change, sampled.line, sampled.kind, sampled.number, coalesce(customer.number, heard_of.number) AS customer,
       coalesce(customer.name, heard_of.name) AS name, sampled.currency, was, becomes, due_was, due_on
FROM (
    (SELECT 1 AS place, * FROM changes WHERE %(changed)s AND change = 'changed' ORDER BY line, number LIMIT %(most)s)
    UNION ALL
    (SELECT 2, * FROM changes WHERE %(settled)s AND change = 'settled' ORDER BY line, number LIMIT %(most)s)
    UNION ALL
    (SELECT 3, * FROM changes WHERE %(new)s AND change = 'new' ORDER BY line, number LIMIT %(most)s)
) AS sampled
LEFT JOIN customer ON customer.id = sampled.customer_id
LEFT JOIN heard_of ON heard_of.id = sampled.customer_id
ORDER BY place, sampled.line, sampled.number
