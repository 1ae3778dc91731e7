-- The floor of a list of documents behind a figure: the oldest open invoices of one currency, by hand, with the total of them all.
-- Parameters: company (id), currency, rows (how many).
-- Relies on invoice_open_by_customer. Rows: those of one page.
SELECT invoice.id, invoice.number, invoice.due_on, invoice.open_amount, customer.name, whole.amount AS whole
FROM invoice
JOIN customer ON customer.id = invoice.customer_id
CROSS JOIN (
    SELECT sum(open_amount) AS amount FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0 AND kind <> 'credit_note' AND currency = %(currency)s
) AS whole
WHERE invoice.company_id = %(company)s AND invoice.open_amount > 0 AND invoice.kind <> 'credit_note'
    AND invoice.currency = %(currency)s
ORDER BY invoice.due_on, invoice.posted_on, invoice.id
LIMIT %(rows)s
