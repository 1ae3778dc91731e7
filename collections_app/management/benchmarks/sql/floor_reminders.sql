-- The floor of a run of reminders: the first step of everybody, by hand, in one statement, kept in bare tables with the indexes
-- of the real ones. The starting pack's first rungs stand here as numbers; no ladder, no memory, no reasons: only what must be
-- read and written. The days of rest are Saturday and Sunday, and the day is neither.
-- Parameters: company (id), day, at (moment).
-- Relies on invoice_open_by_customer. Rows: one a customer with a first step today, and a line an invoice.
WITH step (segment, code, days, level, channel, quiet_days, habit_days, is_automatic) AS (VALUES
    ('key', 'call+3', 3, 1, 'call', 0, NULL::integer, false), ('steady', 'email+7', 7, 1, 'email', 3, 3, true),
    ('standard', 'email+3', 3, 1, 'email', 3, NULL, true), ('small', 'email+7', 7, 1, 'email', 3, NULL, true),
    ('new', 'call+1', 1, 1, 'call', 0, NULL, false), ('public', 'task+7', 7, 1, 'task', 0, NULL, false),
    ('watch', 'call+1', 1, 1, 'call', 0, NULL, false), ('standard', 'email-3', -3, 0, 'email', 3, NULL, true),
    ('key', 'call-7', -7, 0, 'call', 0, NULL, false), ('new', 'call-3', -3, 0, 'call', 0, NULL, false),
    ('public', 'task-3', -3, 0, 'task', 0, NULL, false), ('watch', 'call-5', -5, 0, 'call', 0, NULL, false)
),
owed AS MATERIALIZED (
    SELECT customer_id, min(due_on) FILTER (WHERE due_on < %(day)s) AS oldest_due_on,
        min(due_on) FILTER (WHERE due_on >= %(day)s) AS next_due_on,
        max(due_on - %(day)s::date) FILTER (WHERE due_on >= %(day)s AND open_amount >= 10000) AS large_in
    FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0 AND kind <> 'credit_note'
    GROUP BY customer_id
),
contacted AS MATERIALIZED (
    SELECT customer_id, max(at)::date AS on_day FROM contact_log
    WHERE company_id = %(company)s AND withdrawn_at IS NULL AND outcome NOT IN ('no_answer', 'wrong_person')
    GROUP BY customer_id
),
due AS MATERIALIZED (
    SELECT owed.customer_id, owed.oldest_due_on, step.*
    FROM owed
    JOIN customer_assignment AS place ON place.customer_id = owed.customer_id
    JOIN segment ON segment.id = place.segment_id
    JOIN step ON step.segment = segment.code AND (step.level = 0) = (owed.oldest_due_on IS NULL)
    LEFT JOIN pay_habit AS habit ON habit.customer_id = owed.customer_id
    LEFT JOIN contacted ON contacted.customer_id = owed.customer_id
    WHERE coalesce(contacted.on_day + step.quiet_days <= %(day)s, true)
        AND CASE WHEN step.level = 0 THEN owed.next_due_on + step.days <= %(day)s
            AND (step.code <> 'call-7' OR owed.large_in <= 7)
        ELSE owed.oldest_due_on + (ARRAY[0, 0, 0, 0, 0, 2, 1])[extract(isodow FROM owed.oldest_due_on)::integer] + step.days
            <= %(day)s END
        AND (step.habit_days IS NULL OR habit.settled_count < 5 OR habit.median_days_late IS NULL
            OR owed.oldest_due_on + round(greatest(habit.median_days_late, 0))::integer + step.habit_days <= %(day)s)
),
climb AS (
    INSERT INTO bare_climb (company_id, customer_id, began_on)
    SELECT %(company)s, customer_id, %(day)s FROM due WHERE level > 0
    RETURNING id, customer_id
),
draft AS (
    INSERT INTO bare_draft (
        company_id, customer_id, climb_id, procedure_id, segment_code, run_on, counts_on, step_code, nominal_days, level,
        channel, template, note, signer, is_automatic, oldest_due_on, state, stops, subject, body, revision, made_at, because
    )
    SELECT %(company)s, due.customer_id, climb.id, 1, segment, %(day)s, %(day)s, code, days, level, channel,
        'level_' || level, '', 'collector', is_automatic, oldest_due_on, 'proposed', '[]', '', '', 1, %(at)s, ''
    FROM due LEFT JOIN climb USING (customer_id)
    RETURNING id, customer_id, level, step_code, nominal_days
)
INSERT INTO bare_line (draft_id, invoice_id, currency, open_amount, disputed, promised)
SELECT draft.id, invoice.id, invoice.currency, invoice.open_amount, 0, 0
FROM draft JOIN invoice ON invoice.customer_id = draft.customer_id
WHERE invoice.company_id = %(company)s AND invoice.open_amount > 0 AND invoice.kind <> 'credit_note'
    AND CASE WHEN draft.level > 0 THEN invoice.due_on <= %(day)s
        ELSE invoice.due_on BETWEEN %(day)s AND %(day)s::date - draft.nominal_days
            AND (draft.step_code <> 'call-7' OR invoice.open_amount >= 10000) END
