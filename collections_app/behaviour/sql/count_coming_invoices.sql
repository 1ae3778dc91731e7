-- Counts invoices that were known before their day and whose day has come, as those of rent that is invoiced in advance, of customers
-- of whom nothing else is new: what is not settled tells nothing else of how somebody pays, so what they settled is not read.
-- Parameters: company (id), since and day (habits stand as of since, and are wanted as of day), measured (array of ids of customers:
-- those who are measured wholly), first and last (ids of customers, NULL for all).
-- Relies on invoice_by_day. Rows: customers with such an invoice.
UPDATE pay_habit AS habit SET
    invoices_ever = habit.invoices_ever + coming.count, first_invoice_on = least(habit.first_invoice_on, coming.first_on),
    day = %(day)s
FROM (
    SELECT customer_id, count(*) AS count, min(issued_on) AS first_on FROM invoice
    WHERE company_id = %(company)s AND posted_on > %(since)s AND posted_on <= %(day)s AND kind <> 'credit_note'
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY customer_id
) AS coming
WHERE habit.company_id = %(company)s AND habit.customer_id = coming.customer_id
    AND coming.customer_id <> ALL(%(measured)s::bigint[])
