-- The floor of all measures: what is open now by currency and age, by hand from the open invoices and the money that is left, one pass
-- each. No period, no days that invoices took, no cohorts.
-- Parameters: company (id), day, collector (id, 0 for nobody), country, both NULL for all.
-- Relies on invoice_open_by_customer, payment_unallocated_by_cust. Rows: one a currency.
SELECT currency,
    coalesce(sum(amount) FILTER (WHERE part = 'aged'), 0) AS owed,
    coalesce(sum(amount) FILTER (WHERE part = 'aged' AND due_on < %(day)s), 0) AS overdue,
    coalesce(sum(amount) FILTER (WHERE part = 'aged' AND %(day)s::date - due_on > 90), 0) AS over_90, sum(amount) AS total
FROM (
    SELECT customer_id, currency, due_on, signed_open AS amount, CASE WHEN kind = 'credit_note' THEN 'credits' ELSE 'aged' END AS part
    FROM invoice WHERE company_id = %(company)s AND open_amount > 0
    UNION ALL
    SELECT customer_id, currency, NULL, CASE WHEN kind = 'receipt' THEN -unallocated_amount ELSE unallocated_amount END, 'unallocated'
    FROM payment WHERE company_id = %(company)s AND unallocated_amount > 0
) AS item
WHERE (%(collector)s::bigint IS NULL AND %(country)s::text IS NULL OR customer_id IN (
        SELECT customer.id FROM customer LEFT JOIN customer_assignment AS assigned ON assigned.customer_id = customer.id
        WHERE customer.company_id = %(company)s
            AND (%(collector)s::bigint IS NULL OR coalesce(assigned.collector_id, 0) = %(collector)s)
            AND (%(country)s::text IS NULL OR customer.country = %(country)s)
    ))
GROUP BY currency
ORDER BY currency
