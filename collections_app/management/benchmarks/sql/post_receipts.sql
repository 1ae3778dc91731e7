-- What is paid on a day: every 50th customer, others each day, pays their two oldest invoices by one receipt.
-- Parameters: company, posting (ids), day, at (moment).
-- Relies on invoice_open_by_customer. Rows: one receipt for every 50 customers, and two allocations.
WITH paying AS (
    SELECT oldest.id, customer.id AS customer_id, customer.currency, oldest.open_amount AS amount
    FROM customer CROSS JOIN LATERAL (
        SELECT id, open_amount FROM invoice
        WHERE company_id = customer.company_id AND customer_id = customer.id AND open_amount > 0 AND posted_on <= %(day)s
            AND currency = customer.currency
        ORDER BY due_on LIMIT 2
    ) AS oldest
    WHERE customer.company_id = %(company)s AND customer.id %% 50 = (%(day)s::date - '2000-01-01') %% 50
),
paid AS (
    INSERT INTO payment (
        company_id, customer_id, kind, number, reference, method, currency, amount, posted_on, recorded_at, posting_id,
        unallocated_amount
    )
    SELECT %(company)s, customer_id, 'receipt', 'N' || %(posting)s, '', 'bank transfer', currency, sum(amount), %(day)s, %(at)s,
        %(posting)s, sum(amount)
    FROM paying GROUP BY customer_id, currency
    RETURNING id, customer_id
)
INSERT INTO allocation (
    company_id, invoice_id, payment_id, number, currency, amount, side, basis, posted_on, recorded_at, posting_id
)
SELECT %(company)s, paying.id, paid.id, '', paying.currency, paying.amount, 'settles', 'payment', %(day)s, %(at)s, %(posting)s
FROM paying JOIN paid USING (customer_id)
