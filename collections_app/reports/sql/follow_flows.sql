-- Goes on from settle_flows: ``flow``, what came and went, row by row, with its customer and day.
-- Invoiced is everything but credit notes; received is money in less money back. Settled is what was set against what is
-- owed; of it, what credit notes and write-offs settled. Days are weighted by each amount that was paid.
-- Parameters: those of settle_flows.
-- Relies on: invoice_by_day, payment_by_posted_day; of a few customers on their invoices.
-- Rows: one a document, payment and allocation.
, posted AS (
    SELECT i.customer_id, i.currency, i.posted_on AS on_day, coalesce(k.amount_from, i.amount) AS amount, i.kind
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
    UNION ALL
    SELECT p.customer_id, p.currency, p.posted_on, CASE WHEN p.kind = 'receipt' THEN p.amount ELSE -p.amount END, p.kind
    FROM payment p
    WHERE p.company_id = %(company)s AND p.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR p.recorded_at <= %(known_at)s)
),
flow AS (
    SELECT customer_id, currency, on_day,
        CASE WHEN kind IN ('invoice', 'debit_note', 'finance_charge') THEN amount END AS invoiced,
        CASE WHEN kind = 'credit_note' THEN amount END AS credited,
        CASE WHEN kind IN ('receipt', 'reversal', 'refund') THEN amount END AS received,
        NULL::numeric AS settled, NULL::numeric AS settled_by_credit, NULL::numeric AS paid, NULL::numeric AS paid_due,
        NULL::numeric AS paid_days, NULL::numeric AS late_days
    FROM posted
    UNION ALL
    SELECT customer_id, currency, on_day, NULL, NULL, NULL, effect, CASE WHEN by_credit THEN effect END, paid,
        CASE WHEN late IS NOT NULL THEN paid END, paid * to_pay, paid * late
    FROM settled
)
