-- What a company is owed by its open rows, by currency: invoices less credit notes, less unallocated receipts.
-- Parameters: company (id). Relies on: invoice_open_by_customer, payment_unallocated_by_cust.
SELECT currency, sum(amount) AS amount
FROM (
    SELECT currency, sum(CASE WHEN kind = 'credit_note' THEN -open_amount ELSE open_amount END) AS amount
    FROM invoice WHERE company_id = %(company)s AND open_amount > 0 GROUP BY currency
    UNION ALL
    SELECT currency, sum(CASE WHEN kind = 'refund' THEN unallocated_amount ELSE -unallocated_amount END)
    FROM payment WHERE company_id = %(company)s AND unallocated_amount > 0 GROUP BY currency
) AS parts
GROUP BY currency
ORDER BY currency
