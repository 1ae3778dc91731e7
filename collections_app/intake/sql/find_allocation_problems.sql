-- Names what is wrong with allocations: a side that is missing or ambiguous, currencies, and more set than there is.
-- Parameters: company (id). Rows: the problems, with the name of a field.
WITH coming AS (
    SELECT * FROM arriving_allocation a WHERE known_id IS NULL AND NOT EXISTS (SELECT FROM undone WHERE undone.id = a.id)
),
taken AS (
    SELECT invoice_id AS id, amount, line FROM coming WHERE invoice_id IS NOT NULL
    UNION ALL
    SELECT credit_note_id, amount, line FROM coming WHERE credit_note_id IS NOT NULL
    UNION ALL
    SELECT invoice_id, -amount, NULL FROM undone WHERE is_held AND invoice_id IS NOT NULL
    UNION ALL
    SELECT credit_note_id, -amount, NULL FROM undone WHERE is_held AND credit_note_id IS NOT NULL
),
available AS (
    SELECT id, number, open_amount FROM arriving_document
    UNION ALL
    SELECT id, number, open_amount FROM invoice
    WHERE id IN (SELECT id FROM taken) AND id NOT IN (SELECT id FROM arriving_document)
),
used AS (
    SELECT payment_id AS id, amount, line FROM coming WHERE payment_id IS NOT NULL
    UNION ALL
    SELECT payment_id, -amount, NULL FROM undone WHERE is_held AND payment_id IS NOT NULL
),
money AS (
    SELECT id, number, open_amount FROM arriving_payment
    UNION ALL
    SELECT id, number, unallocated_amount FROM payment
    WHERE id IN (SELECT id FROM used) AND id NOT IN (SELECT id FROM arriving_payment)
)
SELECT line, 'number' AS field, 'no_such_document' AS code, format('No document “%%s” of this customer is known.', number) AS message
FROM arriving_allocation WHERE targets = 0
UNION ALL
SELECT line, 'number', 'several_documents', format('%%s documents are numbered “%%s”; say which instalment.', targets, number)
FROM arriving_allocation WHERE targets > 1
UNION ALL
SELECT line, 'source', 'no_such_source', format('No payment or credit note “%%s” of this customer is known.', source)
FROM arriving_allocation WHERE sources = 0
UNION ALL
SELECT line, 'source', 'several_sources', format('%%s payments or credit notes are numbered “%%s”; say which of them.', sources, source)
FROM arriving_allocation WHERE sources > 1
UNION ALL
SELECT line, 'currency', 'other_currency', format('“%%s” is in %%s and “%%s” in %%s.', number, currency, source, source_currency)
FROM arriving_allocation WHERE currency <> source_currency
UNION ALL
SELECT a.line, 'allocation', 'allocation_changed', format('Allocation “%%s” is known and says something else.', a.allocation)
FROM arriving_allocation a
JOIN allocation known ON known.id = a.known_id
WHERE known.invoice_id IS DISTINCT FROM a.invoice_id OR known.payment_id IS DISTINCT FROM a.payment_id
   OR known.credit_note_id IS DISTINCT FROM a.credit_note_id OR known.amount <> a.amount
UNION ALL
SELECT max(line), 'allocation', 'stands_twice', format('Allocation “%%s” stands in this file more than once.', allocation)
FROM arriving_allocation WHERE allocation <> '' GROUP BY allocation HAVING count(*) > 1
UNION ALL
SELECT max(taken.line), 'amount', 'more_than_open',
       format('%%s is set against “%%s”, of which %%s is open.', trim_scale(sum(taken.amount)), available.number, trim_scale(available.open_amount))
           || CASE WHEN EXISTS (SELECT FROM allocation WHERE invoice_id = available.id AND basis = 'write_off')
                   THEN ' It was written off here: take the write-off back, and bring the file again.' ELSE '' END
FROM taken
JOIN available ON available.id = taken.id
GROUP BY available.id, available.number, available.open_amount
HAVING sum(taken.amount) > available.open_amount AND max(taken.line) IS NOT NULL
UNION ALL
SELECT max(used.line), 'amount', 'more_than_paid',
       format('%%s of payment “%%s” is used, which has %%s left.', trim_scale(sum(used.amount)), money.number, trim_scale(money.open_amount))
FROM used
JOIN money ON money.id = used.id
GROUP BY money.id, money.number, money.open_amount
HAVING sum(used.amount) > money.open_amount AND max(used.line) IS NOT NULL
UNION ALL
SELECT a.line, 'reverses', 'reversal_of_nothing', format('No allocation “%%s” is known.', a.reverses)
FROM arranged a
WHERE a.shape = 'deallocation' AND a.reverses IS NOT NULL
  AND NOT EXISTS (SELECT FROM arriving_allocation WHERE allocation = a.reverses)
  AND NOT EXISTS (SELECT FROM allocation WHERE company_id = %(company)s AND number = a.reverses)
