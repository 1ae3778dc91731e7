-- Customers who may have paid, or been credited, something that is not set against anything on the day: a superset, of whom
-- read_stops_cash tells how much. Hardly anybody; for the others nothing needs to be added up.
-- Goes on from plain_customers. Parameters: those, and customers (array of ids).
-- Indexes: payment_unallocated_by_cust, invoice_open_by_customer. Rows: one a customer.
holding AS (
    SELECT customer_id FROM spoken_for
    UNION ALL
    SELECT customer_id FROM payment
    WHERE company_id = %(company)s AND unallocated_amount > 0 AND customer_id = ANY(%(customers)s::bigint[])
    UNION ALL
    SELECT customer_id FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0 AND kind = 'credit_note' AND customer_id = ANY(%(customers)s::bigint[])
)
SELECT DISTINCT customer_id FROM holding WHERE customer_id = ANY(%(customers)s::bigint[])
