-- The floor of a past day: what was owed and overdue at its end by currency, by hand from all that was posted until then. No period, no
-- days that invoices took, no cohorts, no credit notes.
-- Parameters: company (id), past_day. Relies on one pass over invoices and allocations. Rows: one a currency.
SELECT currency, sum(open) AS owed, coalesce(sum(open) FILTER (WHERE due_on < %(past_day)s), 0) AS overdue
FROM (
    SELECT invoice.currency, invoice.due_on, invoice.amount - coalesce(sum(allocation.effect), 0) AS open
    FROM invoice LEFT JOIN allocation ON allocation.invoice_id = invoice.id AND allocation.posted_on <= %(past_day)s
    WHERE invoice.company_id = %(company)s AND invoice.kind <> 'credit_note' AND invoice.posted_on <= %(past_day)s
    GROUP BY invoice.id
) AS stood
GROUP BY currency
ORDER BY currency
