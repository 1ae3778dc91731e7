-- Goes on from place_customers: ``moved``, what of each invoice was open and in dispute at the end of a month and at the end of a day
-- after it, of those alone that may differ: posted or set against since, fallen overdue, disputed, or of a customer who moved. All
-- others stand at both ends alike. An allocation counts once all that it names is there.
-- Parameters: those of place_customers; since (the first end, a day); is_narrowed (whether only some customers are looked at); few (ids
-- of all who belonged there at either end, an array, where they are few; else NULL): then what is theirs is looked up by customer.
-- Relies on: invoice_by_day, invoice_open_by_due_day, allocation_by_day, payment_by_posted_day, allocation_by_payment; of few
-- invoice_is_known_once, invoice_open_by_customer, allocation by invoice.
-- Rows: one an invoice that may differ: about those of the months since.
, later AS (
    SELECT id, invoice_id, effect, posted_on AS on_day FROM allocation
    WHERE %(few)s::bigint[] IS NULL AND company_id = %(company)s AND posted_on > %(since)s
    UNION ALL
    SELECT a.id, a.invoice_id, a.effect, p.posted_on
    FROM payment p JOIN allocation a ON a.payment_id = p.id AND a.posted_on < p.posted_on
    WHERE %(few)s::bigint[] IS NULL AND p.company_id = %(company)s AND p.posted_on > %(since)s
    UNION ALL
    SELECT a.id, a.invoice_id, a.effect, i.posted_on
    FROM invoice i JOIN allocation a ON a.credit_note_id = i.id AND a.posted_on < i.posted_on
    WHERE %(few)s::bigint[] IS NULL AND i.company_id = %(company)s AND i.kind = 'credit_note' AND i.posted_on > %(since)s
    UNION ALL
    SELECT a.id, a.invoice_id, a.effect, greatest(a.posted_on, p.posted_on, cn.posted_on)
    FROM invoice i
    JOIN allocation a ON a.invoice_id = i.id
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    WHERE i.company_id = %(company)s AND i.customer_id = ANY(%(few)s::bigint[]) AND greatest(a.posted_on, p.posted_on, cn.posted_on) > %(since)s
),
back AS MATERIALIZED (
    SELECT invoice_id AS id, sum(effect) AS to_since, coalesce(sum(effect) FILTER (WHERE on_day > %(day)s), 0) AS to_day
    FROM (SELECT invoice_id, effect, max(on_day) AS on_day FROM later WHERE invoice_id IS NOT NULL GROUP BY id, invoice_id, effect) AS once
    GROUP BY invoice_id
),
here AS (
    SELECT customer_id,
        bool_or(coalesce(placed_from <= %(since)s, TRUE) AND coalesce(placed_until >= %(since)s, TRUE)) AS was_here,
        bool_or(coalesce(placed_from <= %(day)s, TRUE) AND coalesce(placed_until >= %(day)s, TRUE)) AS is_here
    FROM placed WHERE %(is_narrowed)s
    GROUP BY customer_id
),
doubted AS (
    SELECT invoice_id,
        sum(disputed_before(dispute.id, amount, first)) FILTER (WHERE lodged_at < first AND (closed_at >= first) IS NOT FALSE) AS before,
        sum(disputed_before(dispute.id, amount, last)) FILTER (WHERE (closed_at >= last) IS NOT FALSE) AS after
    FROM dispute, (
        SELECT (%(since)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS first, (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS last
    ) AS ends
    WHERE company_id = %(company)s AND lodged_at < last AND (closed_at IS NULL OR closed_at >= first) AND cause <> 'by_mistake'
        AND (%(few)s::bigint[] IS NULL OR customer_id = ANY(%(few)s::bigint[]))
    GROUP BY invoice_id
),
known AS (
    SELECT i.id, i.number, i.customer_id, i.currency, i.kind, i.posted_on, i.due_on, i.open_amount, back.to_since, back.to_day
    FROM invoice i LEFT JOIN back USING (id)
    WHERE i.company_id = %(company)s AND i.posted_on > %(since)s AND i.posted_on <= %(day)s
        AND (%(few)s::bigint[] IS NULL OR i.customer_id = ANY(%(few)s::bigint[]))
    UNION ALL
    SELECT i.id, i.number, i.customer_id, i.currency, i.kind, i.posted_on, i.due_on, i.open_amount, back.to_since, back.to_day
    FROM back JOIN invoice i USING (id)
    WHERE i.posted_on <= %(since)s
    UNION ALL
    SELECT i.id, i.number, i.customer_id, i.currency, i.kind, i.posted_on, i.due_on, i.open_amount, 0, 0
    FROM invoice i
    WHERE i.company_id = %(company)s AND i.open_amount > 0 AND i.due_on >= %(since)s AND i.due_on < %(day)s AND i.posted_on <= %(since)s
        AND (%(few)s::bigint[] IS NULL OR i.customer_id = ANY(%(few)s::bigint[]))
        AND NOT EXISTS (SELECT FROM back WHERE back.id = i.id)
    UNION ALL
    SELECT i.id, i.number, i.customer_id, i.currency, i.kind, i.posted_on, i.due_on, i.open_amount, 0, 0
    FROM doubted JOIN invoice i ON i.id = doubted.invoice_id
    WHERE i.posted_on <= %(since)s AND (i.due_on >= %(since)s AND i.due_on < %(day)s) IS NOT TRUE
        AND NOT EXISTS (SELECT FROM back WHERE back.id = i.id)
)
