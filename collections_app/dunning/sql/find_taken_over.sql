-- Customers who owed something old when it came to us, and to whom nobody here wrote a reminder yet: what they heard before is
-- not known.
-- Parameters: company (id), day (date), zone (IANA name), old_days (how long an invoice was overdue when it came); customers
-- (array of ids, NULL for all).
-- Indexes: invoice_open_by_customer, reminder_draft_by_customer. Rows: few, but after a ledger was taken over.
SELECT DISTINCT invoice.customer_id
FROM invoice
WHERE invoice.company_id = %(company)s AND invoice.open_amount > 0 AND invoice.kind <> 'credit_note' AND invoice.due_on < %(day)s
    AND (invoice.recorded_at AT TIME ZONE %(zone)s)::date > invoice.due_on + %(old_days)s
    AND (%(customers)s::bigint[] IS NULL OR invoice.customer_id = ANY(%(customers)s::bigint[]))
    AND NOT EXISTS (
        SELECT FROM reminder_draft AS d WHERE d.customer_id = invoice.customer_id AND d.state IN ('approved', 'done')
    )
