-- Goes on from place_customers: what was set against what is owed, from a first day to the day, on the day on which it counts,
-- once all it names is there. Days are of what was paid or credited, not of what was given up: ``paid`` is each amount that was set
-- against an invoice and not taken back by the day or the end of that month; early is negative. sum_flows adds it up, and
-- pieces_settled lists it.
-- Parameters: those of place_customers, and since (the first day).
-- Relies on: one pass over the company's allocations.
-- Rows: one an allocation.
, in_force AS (
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
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, i.recorded_at, p.recorded_at, cn.recorded_at) <= %(known_at)s)
),
-- kept apart: of a few customers it is looked through for each row, and is next to nothing
undone AS MATERIALIZED (
    SELECT reverses_id AS id, on_day FROM in_force WHERE reverses_id IS NOT NULL AND on_day <= %(day)s
),
settled AS (
    SELECT in_force.id, customer_id, currency, in_force.on_day, effect, by_credit, to_pay, late,
        CASE WHEN side = 'settles' AND NOT is_given_up AND (undone.on_day IS NULL
            OR undone.on_day >= date_trunc('month', in_force.on_day) + interval '1 month') THEN effect END AS paid
    FROM in_force LEFT JOIN undone USING (id)
    WHERE in_force.on_day BETWEEN %(since)s AND %(day)s
)
