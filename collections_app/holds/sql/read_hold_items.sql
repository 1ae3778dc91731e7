-- What customers owe and what covers it today, as positions have it: one row an open document that is owed, with what is
-- disputed and promised of it, the last day on which the promise is kept and whether nothing came of it yet, and one row a currency (id empty) with what they
-- paid or were credited that is not set against anything, less refunds. Positions can be asked of any day, which takes the
-- planner ten times as long; what is set against an invoice on a later day already counts here. A twin test compares them.
-- Parameters: company (id), customers (array of ids), day (today).
-- Indexes: invoice_open_by_customer, payment_unallocated_by_cust, dispute_open_by_customer, invoice_has_one_running_promise.
-- Rows: one an open document, one a currency with cover.
WITH item AS MATERIALIZED (
    SELECT id, customer_id, currency, kind, number, line, due_on, open_amount
    FROM invoice
    WHERE company_id = %(company)s AND customer_id = ANY(%(customers)s::bigint[]) AND open_amount > 0 AND posted_on <= %(day)s
),
contested AS MATERIALIZED (
    SELECT invoice_id, sum(amount) AS amount
    FROM dispute
    WHERE company_id = %(company)s AND customer_id = ANY(%(customers)s::bigint[]) AND closed_at IS NULL
    GROUP BY invoice_id
),
covering AS (
    SELECT customer_id, currency, CASE WHEN kind = 'receipt' THEN unallocated_amount ELSE -unallocated_amount END AS amount
    FROM payment
    WHERE company_id = %(company)s AND customer_id = ANY(%(customers)s::bigint[]) AND unallocated_amount > 0
        AND posted_on <= %(day)s
    UNION ALL
    SELECT customer_id, currency, open_amount FROM item WHERE kind = 'credit_note'
)
SELECT item.customer_id, item.currency, item.id,
    CASE WHEN item.line = '' THEN item.number ELSE item.number || ' / ' || item.line END AS number,
    item.due_on, item.open_amount AS amount, least(item.open_amount, coalesce(contested.amount, 0)) AS disputed,
    least(item.open_amount - least(item.open_amount, coalesce(contested.amount, 0)), coalesce(awaited.amount, 0)) AS promised,
    awaited.grace_ends_on, awaited.promise_id, awaited.promised_on, awaited.is_untouched
FROM item
LEFT JOIN contested ON contested.invoice_id = item.id
LEFT JOIN LATERAL (
    SELECT still.amount, instalment.grace_ends_on, promise.id AS promise_id, promise.promised_on,
        still.amount = promised.amount AS is_untouched
    FROM promised_invoice AS promised
    JOIN promise ON promise.id = promised.promise_id AND promise.state = 'running'
    CROSS JOIN LATERAL (SELECT still_promised(promised.id, %(day)s) AS amount OFFSET 0) AS still
    LEFT JOIN promise_instalment AS instalment
        ON instalment.promise_id = promise.id AND instalment.promised_on = promise.promised_on
    WHERE promised.invoice_id = item.id AND promised.is_running
) AS awaited ON true
WHERE item.kind <> 'credit_note'
UNION ALL
SELECT customer_id, currency, NULL, '', NULL, sum(amount), 0, 0, NULL, NULL, NULL, NULL
FROM covering
GROUP BY customer_id, currency
HAVING sum(amount) <> 0
