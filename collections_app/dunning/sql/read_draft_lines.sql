-- The invoices that drafts ask about, as the drafts say, the oldest first.
-- Parameters: drafts (array of ids). Relies on reminder_names_an_invoice_once. Rows: some five a draft.
SELECT line.draft_id, line.invoice_id, invoice.number, line.currency, line.open_amount, line.disputed, line.promised,
    invoice.due_on
FROM reminder_draft_invoice AS line JOIN invoice ON invoice.id = line.invoice_id
WHERE line.draft_id = ANY(%(drafts)s::bigint[])
ORDER BY line.draft_id, invoice.due_on, invoice.id
