-- Notes that a file has stated what we wrote into the ledger ourselves: from now on it is like any other document.
-- Parameters: company (id). Relies on: invoice_ours_alone. Rows: hardly any.
UPDATE invoice
SET is_ours_alone = false
FROM arriving_document d
WHERE invoice.company_id = %(company)s AND invoice.is_ours_alone AND d.known_id = invoice.id
