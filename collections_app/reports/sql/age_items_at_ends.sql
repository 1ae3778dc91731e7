-- ``standing``, what was open at the end of each of several months, as it is known now: what age_items tells of one day, for all of
-- them in one pass. Each document is followed by month: what was posted, less what was set against it once all that names
-- is there. It counts at every end from a change to the next, while something is open.
-- Parameters: company; zone (IANA name); oldest and newest (the first and last of the ends, in months since year 0).
-- Relies on: one pass over the company's documents, payments and allocations.
-- Rows: one for each end and document or payment that was open. Others go on from it.
WITH moved AS (
    SELECT a.invoice_id, a.credit_note_id, a.payment_id, a.effect,
        greatest(a.posted_on, i.posted_on, cn.posted_on, p.posted_on) AS on_day
    FROM allocation a
    LEFT JOIN invoice i ON i.id = a.invoice_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    LEFT JOIN payment p ON p.id = a.payment_id
    WHERE a.company_id = %(company)s
),
change AS (
    SELECT id, FALSE AS is_money, posted_on AS on_day, amount FROM invoice WHERE company_id = %(company)s
    UNION ALL
    SELECT invoice_id, FALSE, on_day, -effect FROM moved WHERE invoice_id IS NOT NULL
    UNION ALL
    SELECT credit_note_id, FALSE, on_day, -effect FROM moved WHERE credit_note_id IS NOT NULL
    UNION ALL
    SELECT id, TRUE, posted_on, amount FROM payment WHERE company_id = %(company)s AND kind <> 'reversal'
    UNION ALL
    SELECT payment_id, TRUE, on_day, -effect FROM moved WHERE payment_id IS NOT NULL
    UNION ALL
    SELECT r.reverses_id, TRUE, greatest(r.posted_on, p.posted_on), -r.amount
    FROM payment r JOIN payment p ON p.id = r.reverses_id
    WHERE r.company_id = %(company)s AND r.kind = 'reversal'
),
by_month AS (
    SELECT id, is_money,
        greatest(%(oldest)s, (date_part('year', on_day) * 12 + date_part('month', on_day))::integer) AS month,
        sum(amount) AS amount
    FROM change GROUP BY id, is_money, month
),
balance AS (
    SELECT id, is_money, month, sum(amount) OVER followed AS open, lead(month) OVER followed AS next_month
    FROM by_month WINDOW followed AS (PARTITION BY id, is_money ORDER BY month)
),
month_end AS (
    SELECT month, (make_date((month - 1) / 12, (month - 1) %% 12 + 1, 1) + interval '1 month - 1 day')::date AS day
    FROM generate_series(%(oldest)s, %(newest)s) AS month
),
item AS (
    SELECT e.day, b.id, b.is_money, b.open
    FROM balance b, generate_series(b.month, least(coalesce(b.next_month - 1, %(newest)s), %(newest)s)) AS at_month
    JOIN month_end e ON e.month = at_month
    WHERE b.open <> 0
),
contested AS (
    SELECT e.day, d.invoice_id, sum(disputed_before(d.id, d.amount, e.until)) AS amount
    FROM dispute d
    JOIN (SELECT day, (day + 1)::timestamp AT TIME ZONE %(zone)s AS until FROM month_end) AS e
        ON d.lodged_at < e.until AND (d.closed_at IS NULL OR d.closed_at >= e.until)
    WHERE d.company_id = %(company)s AND d.cause <> 'by_mistake'
    GROUP BY e.day, d.invoice_id
),
standing AS (
    SELECT item.day, i.customer_id, i.currency, coalesce(item.day - i.due_on, 0) AS age,
        CASE WHEN i.kind = 'credit_note' THEN 'credits' ELSE 'aged' END AS part,
        CASE WHEN i.kind = 'credit_note' THEN -item.open ELSE item.open END AS amount,
        CASE WHEN i.kind <> 'credit_note' AND contested.amount IS NOT NULL THEN least(item.open, contested.amount) END
            AS disputed
    FROM item
    JOIN invoice i ON i.id = item.id
    LEFT JOIN contested ON contested.invoice_id = item.id AND contested.day = item.day
    WHERE NOT item.is_money
    UNION ALL
    SELECT item.day, p.customer_id, p.currency, 0, 'unallocated',
        CASE WHEN p.kind = 'receipt' THEN -item.open ELSE item.open END, NULL
    FROM item JOIN payment p ON p.id = item.id
    WHERE item.is_money
)
