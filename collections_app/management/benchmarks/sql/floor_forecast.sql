-- The floor of the forecast: the plain guess, in one statement by hand, kept in a bare table with the indexes of the real one.
-- Each open invoice is expected as late as its customer's median was, in one week and without a chance: only what must be read
-- and written. No promises, disputes, weekdays, segments or bands.
-- Parameters: company (id), day, weeks (of the forecast). Rows: one an open invoice.
WITH habit AS MATERIALIZED (
    SELECT customer_id, count(*) AS settled,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY settled_on - due_on) AS late
    FROM invoice
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND due_on IS NOT NULL
        AND settled_on <= %(day)s AND settled_on > %(day)s::date - 730
    GROUP BY customer_id
),
guessed AS (
    SELECT invoice.id, invoice.customer_id, currency, open_amount, coalesce(settled, 0) AS settled, late,
        greatest(%(day)s::date, coalesce(due_on, issued_on) + coalesce(late, 0)) AS expected_on,
        %(day)s::date - coalesce(due_on, issued_on) AS days_late
    FROM invoice LEFT JOIN habit ON habit.customer_id = invoice.customer_id
    WHERE invoice.company_id = %(company)s AND open_amount > 0 AND kind <> 'credit_note'
)
INSERT INTO bare_expected (
    company_id, invoice_id, customer_id, day, currency, open_amount, disputed, promised, expected_on, from_50, to_50,
    from_80, to_80, soon_share, by_week, facts
)
SELECT %(company)s, id, customer_id, %(day)s, currency, open_amount, 0, 0, expected_on, expected_on, expected_on,
    expected_on, expected_on, CASE WHEN expected_on < %(day)s::date + 7 THEN 1 ELSE 0 END,
    array_fill(0::bigint, ARRAY[least((expected_on - %(day)s::date) / 7, %(weeks)s)]) || (open_amount * 1000)::bigint
        || array_fill(0::bigint, ARRAY[greatest(%(weeks)s - (expected_on - %(day)s::date) / 7, 0)]),
    jsonb_build_object('settled', settled, 'late', days_late, 'median', late)
FROM guessed
