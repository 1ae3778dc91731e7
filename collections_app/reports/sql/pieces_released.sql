-- Of orders that went by a release: what was overdue at the end of that day, and when it was paid afterwards. An invoice counts
-- once, at the first of these releases; what was set against it and taken back by the day counts nowhere. Days are from the release:
-- 'week' until the 7th, 'month' until the 30th, 'later'; 'otherwise' by a credit note or written off; 'unpaid' at the end of the day.
-- Parameters: company, zone (IANA name), since, day (of releases; the last is that of the report), customers (ids, an array; NULL
-- for all), month (a first day; NULL for all), what (one of these, 'overdue' for all five, 'orders' for the orders themselves).
-- Relies on: invoice_is_known_once, allocation by invoice: both looked up, however the caller joins. Releases are few.
-- Rows: one an amount that was set against an invoice, and one an invoice with something left; or one a release.
WITH went AS (
    SELECT asked.id, asked.customer_id, (asked.decided_at AT TIME ZONE %(zone)s)::date AS freed_on, ordered.number, ordered.currency,
        asked.amount, asked.reason
    FROM order_release AS asked JOIN customer_order AS ordered ON ordered.id = asked.order_id
    WHERE asked.company_id = %(company)s AND asked.state IN ('granted', 'ended')
        AND asked.decided_at >= %(since)s::timestamp AT TIME ZONE %(zone)s
        AND asked.decided_at < (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s
        AND (%(customers)s::bigint[] IS NULL OR asked.customer_id = ANY(%(customers)s::bigint[]))
),
owed AS (
    SELECT DISTINCT ON (i.id) i.id, i.number, i.customer_id, i.currency, i.amount, went.freed_on, went.number AS order_number
    FROM went CROSS JOIN LATERAL (
        SELECT * FROM invoice
        WHERE customer_id = went.customer_id AND kind <> 'credit_note' AND due_on < went.freed_on AND posted_on <= went.freed_on
        OFFSET 0
    ) AS i
    ORDER BY i.id, went.freed_on, went.id
),
settled AS (
    SELECT a.id, owed.id AS invoice_id, a.effect, greatest(a.posted_on, p.posted_on, cn.posted_on) - owed.freed_on AS after_days,
        a.credit_note_id IS NOT NULL OR a.basis = 'write_off' AS is_otherwise
    FROM owed
    CROSS JOIN LATERAL (SELECT * FROM allocation WHERE invoice_id = owed.id AND reverses_id IS NULL OFFSET 0) AS a
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    WHERE greatest(a.posted_on, p.posted_on, cn.posted_on) <= %(day)s
        AND NOT EXISTS (SELECT FROM allocation AS undone WHERE undone.reverses_id = a.id AND undone.posted_on <= %(day)s)
),
stood AS (
    SELECT owed.*, owed.amount - coalesce(sum(settled.effect) FILTER (WHERE after_days <= 0), 0) AS overdue,
        owed.amount - coalesce(sum(settled.effect), 0) AS rest
    FROM owed LEFT JOIN settled ON settled.invoice_id = owed.id
    GROUP BY owed.id, owed.number, owed.customer_id, owed.currency, owed.amount, owed.freed_on, owed.order_number
),
told AS (
    SELECT settled.id, stood.number, customer_id, currency, freed_on AS on_day,
        order_number || CASE WHEN is_otherwise THEN ', settled otherwise after ' ELSE ', paid after ' END || after_days
            || CASE after_days WHEN 1 THEN ' day' ELSE ' days' END AS about,
        effect AS amount, CASE WHEN is_otherwise THEN 'otherwise' WHEN after_days <= 7 THEN 'week' WHEN after_days <= 30 THEN 'month' ELSE 'later' END AS part
    FROM settled JOIN stood ON stood.id = settled.invoice_id
    WHERE after_days > 0 AND overdue <> 0
    UNION ALL
    SELECT stood.id, number, customer_id, currency, freed_on, order_number || ', not paid', rest, 'unpaid'
    FROM stood WHERE overdue <> 0 AND rest <> 0
    UNION ALL
    SELECT id, number, customer_id, currency, freed_on, reason, amount, 'orders' FROM went
),
piece AS (
    SELECT * FROM told
    WHERE (%(what)s::text IS NULL OR part = %(what)s OR (%(what)s = 'overdue' AND part <> 'orders'))
        AND (%(month)s::date IS NULL OR date_trunc('month', on_day) = %(month)s::date)
)
