-- Goes on from find_moved_between: what those who moved had open at the end of the month before, as it was known when that was kept;
-- ``standing``, as age_items tells it of one day. So what a file posts into that month later changes nothing here, as it changes
-- nothing of what was kept, until the night keeps that month anew. An allocation is in force once everything it names is there.
-- Parameters: those of find_moved_between.
-- Relies on: invoice_is_known_once, payments by customer, allocations by what they name, dispute of invoices. What is theirs is
-- looked up, document by document.
-- Rows: one an end, side and document or payment that was open. Others go on from it.
, document AS (
    SELECT m.day, m.is_here, m.before_on, m.at_before, m.until, i.id, i.kind = 'credit_note' AS is_credit, i.currency,
        coalesce(k.amount_from, i.amount) AS amount, CASE WHEN k.id IS NULL THEN i.due_on ELSE k.due_from END AS due_on
    FROM mover m
    JOIN invoice i ON i.company_id = %(company)s AND i.customer_id = m.customer_id AND i.posted_on <= m.before_on AND i.recorded_at <= m.at_before
    LEFT JOIN LATERAL (
        -- what the first correction that was not yet known found
        SELECT c.id, c.amount_from, c.due_from FROM invoice_correction c
        WHERE c.invoice_id = i.id AND c.recorded_at > m.at_before
        ORDER BY c.recorded_at, c.id LIMIT 1
    ) AS k ON TRUE
),
money AS (
    SELECT m.day, m.is_here, m.before_on, m.at_before, p.id, p.kind, p.currency, p.amount
    FROM mover m
    JOIN payment p ON p.company_id = %(company)s AND p.customer_id = m.customer_id AND p.posted_on <= m.before_on AND p.recorded_at <= m.at_before
    WHERE p.kind <> 'reversal'
),
owed AS (
    SELECT d.day, d.is_here, d.currency, d.is_credit, coalesce(d.before_on - d.due_on, 0) AS age, d.amount - coalesce(taken.amount, 0) AS open,
        contested.amount AS contested
    FROM document d
    LEFT JOIN LATERAL (
        SELECT sum(a.effect) AS amount
        FROM (
            SELECT * FROM allocation WHERE invoice_id = d.id
            UNION ALL
            SELECT * FROM allocation WHERE credit_note_id = d.id AND d.is_credit
        ) AS a
        LEFT JOIN invoice i ON i.id = a.invoice_id AND i.id <> d.id
        LEFT JOIN invoice cn ON cn.id = a.credit_note_id AND cn.id <> d.id
        LEFT JOIN payment p ON p.id = a.payment_id
        WHERE greatest(a.posted_on, i.posted_on, cn.posted_on, p.posted_on) <= d.before_on
            AND greatest(a.recorded_at, i.recorded_at, cn.recorded_at, p.recorded_at) <= d.at_before
    ) AS taken ON TRUE
    LEFT JOIN LATERAL (
        SELECT sum(disputed_before(c.id, c.amount, d.until)) AS amount FROM dispute c
        WHERE c.invoice_id = d.id AND c.lodged_at < d.until AND (c.closed_at IS NULL OR c.closed_at >= d.until) AND c.cause <> 'by_mistake'
    ) AS contested ON NOT d.is_credit
),
paid AS (
    SELECT m.day, m.is_here, m.currency, m.kind, m.amount - coalesce(taken.amount, 0) - coalesce(undone.amount, 0) AS open
    FROM money m
    LEFT JOIN LATERAL (
        SELECT sum(a.effect) AS amount
        FROM allocation a
        LEFT JOIN invoice i ON i.id = a.invoice_id
        LEFT JOIN invoice cn ON cn.id = a.credit_note_id
        WHERE a.payment_id = m.id AND greatest(a.posted_on, i.posted_on, cn.posted_on) <= m.before_on
            AND greatest(a.recorded_at, i.recorded_at, cn.recorded_at) <= m.at_before
    ) AS taken ON TRUE
    LEFT JOIN LATERAL (
        SELECT sum(r.amount) AS amount FROM payment r
        WHERE r.reverses_id = m.id AND r.kind = 'reversal' AND r.posted_on <= m.before_on AND r.recorded_at <= m.at_before
    ) AS undone ON TRUE
),
standing AS (
    SELECT day, is_here, currency, CASE WHEN is_credit THEN 'credits' ELSE 'aged' END AS part, age,
        CASE WHEN is_credit THEN -open ELSE open END AS amount, CASE WHEN contested IS NOT NULL THEN least(open, contested) END AS disputed
    FROM owed WHERE open <> 0
    UNION ALL
    SELECT day, is_here, currency, 'unallocated', 0, CASE WHEN kind = 'receipt' THEN -open ELSE open END, NULL
    FROM paid WHERE open <> 0
)
