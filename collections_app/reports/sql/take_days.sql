-- Goes on from place_customers: which invoices took how many days. ``late`` and ``to_pay`` are of those that were closed
-- in a period and still were at its end; ``open`` are the days overdue of those that were overdue at its end, ``unpaid`` their days since
-- they were issued.
-- An invoice closes on the day of the last settlement that stands, in force by the day and not taken back by then; one of
-- which anything was written off was never paid, so it tells no days.
-- Parameters: those of place_customers, and since (the first day of the period).
-- Relies on: allocation_by_day for the candidates, the index of allocations by invoice for the rest.
-- Rows: one an invoice and kind. count_days counts them, and pieces_days lists them.
, candidate AS (
    SELECT invoice_id FROM allocation
    WHERE %(customers)s::bigint[] IS NULL AND company_id = %(company)s AND posted_on BETWEEN %(since)s AND %(day)s
        AND invoice_id IS NOT NULL
    UNION
    SELECT a.invoice_id FROM invoice i JOIN allocation a ON a.invoice_id = i.id
    WHERE i.customer_id = ANY(%(customers)s::bigint[]) AND i.company_id = %(company)s
        AND a.posted_on BETWEEN %(since)s AND %(day)s
),
in_force AS (
    SELECT a.id, a.invoice_id, a.effect, a.side, a.basis, a.reverses_id, a.posted_on
    FROM candidate
    JOIN allocation a USING (invoice_id)
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    WHERE greatest(a.posted_on, p.posted_on, cn.posted_on) <= %(day)s
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, p.recorded_at, cn.recorded_at) <= %(known_at)s)
),
closed AS (
    SELECT invoice_id, sum(effect) AS settled, coalesce(sum(effect) FILTER (WHERE basis = 'write_off'), 0) AS given_up,
        max(posted_on) FILTER (WHERE side = 'settles' AND id NOT IN (
            SELECT reverses_id FROM in_force WHERE reverses_id IS NOT NULL)) AS on_day
    FROM in_force GROUP BY invoice_id
),
took AS (
    SELECT i.id, i.customer_id, i.currency, coalesce(k.amount_from, i.amount) AS amount, closed.on_day - i.issued_on AS to_pay,
        closed.on_day - CASE WHEN k.invoice_id IS NULL THEN i.due_on ELSE k.due_from END AS late
    FROM closed
    JOIN invoice i ON i.id = closed.invoice_id
    LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.kind <> 'credit_note' AND closed.settled = coalesce(k.amount_from, i.amount) AND closed.given_up = 0
        AND i.posted_on <= %(day)s
        AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
        AND closed.on_day BETWEEN %(since)s AND %(day)s
),
counted AS (
    SELECT id, customer_id, currency, 'late' AS what, late AS days, amount FROM took WHERE late IS NOT NULL
    UNION ALL
    SELECT id, customer_id, currency, 'to_pay', to_pay, amount FROM took
    UNION ALL
    SELECT id, customer_id, currency, 'open', %(day)s - due_on, amount FROM item WHERE part = 'aged' AND due_on < %(day)s
    UNION ALL
    SELECT id, customer_id, currency, 'unpaid', %(day)s - issued_on, amount FROM item WHERE part = 'aged' AND due_on < %(day)s
)
