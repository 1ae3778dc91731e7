-- Part of count_dispute_days and pieces_disputes_open: the disputes resolved in a period or open at its end, with what was contested
-- then, and how many working days had passed by each day. The twin of dispute_clocks.days_used: the day after one is the first that
-- counts.
-- Parameters: company (id), zone (IANA name), since, until (days, both included), first_day (the oldest day that is asked
-- about), working_days (dates, every day worked from first_day to until), customers (ids, an array; NULL for all).
-- Relies on dispute_closed_by_moment, dispute_open_by_due_day.
-- Rows: one a dispute; reads the disputes of the period.
WITH period AS (
    SELECT %(since)s::timestamp AT TIME ZONE %(zone)s AS begins_at,
        (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS ends_at
),
-- For each day how many days had been worked by its end; days before the first are worth nought.
tally AS MATERIALIZED (
    SELECT each.day::date AS day, count(worked.day) OVER (ORDER BY each.day) AS passed
    FROM generate_series(%(first_day)s::date, %(until)s::date, interval '1 day') AS each (day)
    LEFT JOIN unnest(%(working_days)s::date[]) AS worked (day) ON worked.day = each.day::date
),
asked AS (
    SELECT d.id, d.customer_id, d.invoice_id, CASE WHEN closed_at < ends_at THEN 'resolved' ELSE 'open' END AS what,
        (lodged_at AT TIME ZONE %(zone)s)::date AS lodged_on,
        least((closed_at AT TIME ZONE %(zone)s)::date, %(until)s::date) AS ended_on,
        reason, currency, disputed_before(d.id, amount, ends_at) AS amount
    FROM dispute AS d, period
    WHERE company_id = %(company)s AND cause <> 'by_mistake' AND lodged_at < ends_at
        AND (closed_at IS NULL OR closed_at >= begins_at)
        AND (%(customers)s::bigint[] IS NULL OR d.customer_id = ANY(%(customers)s::bigint[]))
)
