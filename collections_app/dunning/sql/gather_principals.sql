-- What was owed on documents, day by day: what was invoiced, and what lessened it or brought it back, each on the day from
-- which it counts. A payment counts from the day it came and not from the day somebody set it against an invoice, so one
-- that is returned, or moved from another invoice, leaves no gap; what was credited or settled before we knew was never owed.
-- Parameters: invoices (array of ids).
-- Relies on: the primary key of invoice, the index on allocation.invoice_id. Rows: one a document and allocation.
SELECT i.id AS invoice_id, i.issued_on AS effective_on, i.amount AS change
FROM invoice i
WHERE i.id = ANY(%(invoices)s::bigint[])
UNION ALL
SELECT i.id,
       CASE WHEN a.credit_note_id IS NOT NULL OR a.basis = 'opening' THEN i.issued_on
            WHEN p.id IS NOT NULL THEN least(p.posted_on, coalesce(undone.posted_on, a.posted_on))
            ELSE coalesce(undone.posted_on, a.posted_on) END,
       -a.effect
FROM invoice i
JOIN allocation a ON a.invoice_id = i.id
LEFT JOIN payment p ON p.id = a.payment_id
LEFT JOIN allocation undone ON undone.id = a.reverses_id
WHERE i.id = ANY(%(invoices)s::bigint[])
ORDER BY 1, 2
