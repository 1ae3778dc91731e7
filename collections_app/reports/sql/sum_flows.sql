-- Goes on from place_customers: what came and went, by month and by currency, segment, collector, salesperson and country.
-- Invoiced is everything but credit notes; received is money in less money back. Settled is what was set against what is
-- owed on the day on which it counts, once all it names is there; of it, what credit notes and write-offs settled. Days are
-- of what was paid or credited, not of what was given up, and are weighted by
-- each amount that was set against an invoice and not taken back by the day or the end of that month; early is negative.
-- Parameters: those of place_customers, and since (the first day).
-- Relies on: invoice_by_day, payment_by_day; one pass over the company's allocations.
-- Rows: one a month for each of these that occur together.
, posted AS (
    SELECT i.customer_id, i.currency, i.posted_on AS on_day, coalesce(k.amount_from, i.amount) AS amount, i.kind
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
    UNION ALL
    SELECT p.customer_id, p.currency, p.posted_on, CASE WHEN p.kind = 'receipt' THEN p.amount ELSE -p.amount END, p.kind
    FROM payment p
    WHERE p.company_id = %(company)s AND p.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(known_at)s IS NULL OR p.recorded_at <= %(known_at)s)
),
in_force AS (
    SELECT a.id, a.effect, a.side, a.credit_note_id IS NOT NULL OR a.basis = 'write_off' AS by_credit, a.basis = 'write_off' AS is_given_up, a.reverses_id, i.customer_id, i.currency,
        greatest(a.posted_on, i.posted_on, p.posted_on, cn.posted_on) AS on_day,
        a.posted_on - i.issued_on AS to_pay,
        a.posted_on - CASE WHEN k.invoice_id IS NULL THEN i.due_on ELSE k.due_from END AS late
    FROM allocation a
    JOIN invoice i ON i.id = a.invoice_id AND i.kind <> 'credit_note'
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE a.company_id = %(company)s AND a.posted_on <= %(day)s
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, i.recorded_at, p.recorded_at, cn.recorded_at) <= %(known_at)s)
),
undone AS (
    SELECT reverses_id AS id, on_day FROM in_force WHERE reverses_id IS NOT NULL AND on_day <= %(day)s
),
settled AS (
    SELECT customer_id, currency, in_force.on_day, effect, by_credit, to_pay, late,
        CASE WHEN side = 'settles' AND NOT is_given_up AND (undone.on_day IS NULL
            OR undone.on_day >= date_trunc('month', in_force.on_day) + interval '1 month') THEN effect END AS paid
    FROM in_force LEFT JOIN undone USING (id)
    WHERE in_force.on_day BETWEEN %(since)s AND %(day)s
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
SELECT date_trunc('month', on_day)::date AS month, currency, segment, collector, salesperson, country,
    coalesce(sum(invoiced), 0) AS invoiced, coalesce(sum(credited), 0) AS credited,
    coalesce(sum(received), 0) AS received, coalesce(sum(settled), 0) AS settled,
    coalesce(sum(settled_by_credit), 0) AS settled_by_credit,
    coalesce(sum(paid), 0) AS paid, coalesce(sum(paid_due), 0) AS paid_due,
    coalesce(sum(paid_days), 0) AS paid_days, coalesce(sum(late_days), 0) AS late_days
FROM flow JOIN placed USING (customer_id)
GROUP BY month, currency, segment, collector, salesperson, country
