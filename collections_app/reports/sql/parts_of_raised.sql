-- Goes on from place_customers: ``part``, the invoices of each customer in a period, each once however many lines it has.
-- Parameters: those of place_customers, and since (the first day of the period).
-- Relies on: invoice_by_day; of a few customers on their invoices. Rows: one a customer and currency.
, part AS (
    SELECT customer_id, 'raised' AS name, currency, 0 AS key, count(*) AS count, sum(amount) AS amount
    FROM (
        SELECT i.customer_id, i.currency, i.number, sum(i.amount) AS amount
        FROM invoice i
        WHERE i.company_id = %(company)s AND i.kind = 'invoice' AND i.posted_on BETWEEN %(since)s AND %(day)s
            AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        GROUP BY i.customer_id, i.currency, i.number
    ) AS numbered
    JOIN placed USING (customer_id)
    GROUP BY customer_id, currency
)
