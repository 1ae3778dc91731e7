-- Of which customers the insurer is still to be told: of invoices that are overdue, insured, and in no notice of that kind. A day
-- here is the bare due date and the policy's days; whoever asks brings it forward to a day that is worked.
-- Parameters: company (id), visible (a query of ids of customers), today, until (the last bare day), claim_days (or NULL), limit.
-- Relies on invoice_open_by_customer, insurer_is_told_once_of_an_invoice, dispute_open_by_invoice. Rows: one a customer, kind and
-- currency, the most urgent first; some hundred at most.
WITH overdue AS (
    SELECT invoice.id, invoice.customer_id, invoice.currency, invoice.open_amount, invoice.due_on,
        customer.number AS customer_number, customer.name AS customer, customer.insurer_report_days AS report_days
    FROM (%(visible)s) AS visible (id)
    JOIN customer ON customer.id = visible.id
    JOIN invoice ON invoice.company_id = customer.company_id AND invoice.customer_id = customer.id
    WHERE customer.company_id = %(company)s AND customer.insurer_report_days IS NOT NULL
        AND invoice.open_amount > 0 AND invoice.kind <> 'credit_note' AND invoice.due_on < %(today)s
),
clocks AS (
    SELECT 'report' AS kind, overdue.*, due_on + report_days AS falls_on FROM overdue
    UNION ALL
    SELECT 'claim', overdue.*, due_on + %(claim_days)s::integer FROM overdue WHERE %(claim_days)s::integer IS NOT NULL
)
SELECT clocks.kind, clocks.customer_id, clocks.customer_number, clocks.customer, clocks.currency, min(clocks.falls_on) AS falls_on,
    count(*) AS invoices, sum(clocks.open_amount) AS amount, coalesce(sum(disputed.amount), 0) AS disputed
FROM clocks
LEFT JOIN LATERAL (
    SELECT sum(dispute.amount) AS amount FROM dispute WHERE dispute.invoice_id = clocks.id AND dispute.closed_at IS NULL
) AS disputed ON true
WHERE clocks.falls_on <= %(until)s
    AND NOT EXISTS (
        SELECT FROM insurer_notice_line AS told WHERE told.invoice_id = clocks.id AND told.kind = clocks.kind AND told.is_valid
    )
GROUP BY clocks.kind, clocks.customer_id, clocks.customer_number, clocks.customer, clocks.currency
ORDER BY falls_on, clocks.kind DESC, clocks.customer, clocks.customer_id, clocks.currency
LIMIT %(limit)s
