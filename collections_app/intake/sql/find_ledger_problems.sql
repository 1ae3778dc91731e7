-- Names rows that contradict what the ledger knows. Parameters: by_open (true: a list of open items).
-- Rows: the problems, with the name of a field.
SELECT line, 'currency' AS field, 'other_currency' AS code,
       format('“%%s” is known in %%s; the file says %%s.', number, known_currency, currency) AS message
FROM arriving_document WHERE known_currency <> currency
UNION ALL
SELECT line, 'currency', 'other_currency', format('Payment “%%s” is known in %%s; the file says %%s.', number, known_currency, currency)
FROM arriving_payment WHERE known_currency <> currency
UNION ALL
SELECT d.line, 'type', 'other_kind',
       format('“%%s” is known as %%s; the file says %%s.', d.number, replace(other.kind, '_', ' '), replace(d.kind, '_', ' '))
FROM heard_of
JOIN arriving_document d ON d.customer_id = heard_of.id
JOIN invoice other ON other.customer_id = d.customer_id AND other.number = d.number AND other.line = d.instalment
                  AND other.kind <> d.kind
WHERE NOT heard_of.is_new AND d.known_id IS NULL AND d.kind <> 'credit_note' AND other.kind <> 'credit_note' AND d.number NOT LIKE 'unnumbered-%%'
UNION ALL
SELECT max(greatest(d.line, other.line)), 'type', 'other_kind', format('“%%s” is two kinds of document in this file.', d.number)
FROM arriving_document d
JOIN arriving_document other ON other.customer_id = d.customer_id AND other.number = d.number AND other.instalment = d.instalment
WHERE d.kind IN ('debit_note', 'finance_charge') AND other.kind <> 'credit_note' AND other.kind <> d.kind
  AND d.number NOT LIKE 'unnumbered-%%'
GROUP BY d.customer_id, d.number, d.instalment
UNION ALL
SELECT line, 'amount', 'amount_zero',
       format('“%%s” is known with %%s, and zero does not take it out of the ledger. Bring in the credit note that does.', number, trim_scale(known_amount))
FROM arriving_document WHERE NOT %(by_open)s AND known_id IS NOT NULL AND amount = 0
UNION ALL
SELECT line, 'amount', 'less_than_settled',
       format('“%%s” becomes %%s, but %%s of it is settled.', number, trim_scale(amount), trim_scale(known_amount - known_open))
FROM arriving_document WHERE NOT %(by_open)s AND known_id IS NOT NULL AND open_amount < 0 AND amount > 0
UNION ALL
SELECT line, 'amount', 'payment_changed',
       format('Payment “%%s” is known with %%s and the file says %%s. Reverse it and record it anew.', number, trim_scale(known_amount), trim_scale(amount))
FROM arriving_payment
WHERE known_id IS NOT NULL AND known_amount <> amount AND NOT %(by_open)s
UNION ALL
SELECT line, 'open_amount', 'payment_grew',
       format('Of payment “%%s” %%s was left to use, and the list now says %%s.', number, trim_scale(known_open), trim_scale(open_amount))
FROM arriving_payment
WHERE %(by_open)s AND known_id IS NOT NULL AND (known_amount <> amount OR open_amount > known_open + guessed)
UNION ALL
SELECT line, 'reverses', 'reversal_of_nothing', format('No payment “%%s” of this customer is known.', reverses)
FROM arriving_payment WHERE kind = 'reversal' AND reverses_id IS NULL AND reverses IS NOT NULL
UNION ALL
SELECT r.line, 'amount', 'reversal_in_part', format('A reversal undoes the whole payment, %%s.', trim_scale(p.amount))
FROM arriving_payment r
JOIN (
    SELECT id, amount FROM arriving_payment
    UNION
    SELECT id, amount FROM payment WHERE id IN (SELECT reverses_id FROM arriving_payment)
) p ON p.id = r.reverses_id
WHERE r.kind = 'reversal' AND r.amount <> p.amount
UNION ALL
SELECT r.line, 'reverses', 'reversed_already', format('Payment “%%s” has been reversed already, by “%%s”.', r.reverses, other.number)
FROM arriving_payment r
JOIN payment other ON other.reverses_id = r.reverses_id AND other.id <> r.id
WHERE r.kind = 'reversal'
UNION ALL
SELECT max(line), 'reverses', 'reversed_already', format('Payment “%%s” is reversed twice in this file.', max(reverses))
FROM arriving_payment WHERE kind = 'reversal' AND reverses_id IS NOT NULL
GROUP BY reverses_id HAVING count(*) > 1
