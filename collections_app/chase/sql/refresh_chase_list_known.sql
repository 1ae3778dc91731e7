-- Part of refresh_chase_list: all that is known of each customer.
known AS (
    SELECT c.id AS customer_id, c.is_active, c.credit_limit, a.segment_id, s.code AS segment_code,
        coalesce(s.least_days_overdue, 1) AS least_days_overdue, coalesce(s.least_amount, 0) AS least_amount,
        s.habit_grace_days,
        CASE WHEN %(day)s BETWEEN f.stand_in_from AND f.stand_in_until AND f.collector_id = a.collector_id
            AND f.stand_in_id = ANY(%(workers)s::bigint[]) THEN f.stand_in_id ELSE a.collector_id END AS collector_id,
        coalesce(o.currency, c.currency) AS currency, ours.currency AS our_currency, ours.money AS our_money,
        coalesce(o.overdue, 0) AS overdue, coalesce(o.due, 0) AS due, coalesce(o.not_due, 0) AS not_due,
        coalesce(o.to_collect, 0) AS to_collect, coalesce(o.disputed, 0) AS disputed, coalesce(o.promised, 0) AS promised,
        coalesce(o.unallocated, 0) AS unallocated, coalesce(o.credits, 0) AS credits,
        coalesce(o.has_due, false) AS has_due, coalesce(o.has_to_collect, false) AS has_to_collect,
        coalesce(o.lacks_rate, false) AS lacks_rate, coalesce(o.weight, 0) AS weight, o.soon_weight,
        o.oldest_due_on, coalesce(o.oldest_days, 0) AS oldest_days, o.next_due_on,
        CASE WHEN o.exposure_currency = c.currency THEN o.exposure END AS exposure,
        o.overdue_count, o.new_overdue_count,
        o.weight_currency, o.weight_amount, o.currencies,
        -- What the insurer was told of is no clock any more; hardly anybody has a notice.
        CASE WHEN c.insurer_report_days IS NULL THEN NULL
            WHEN NOT EXISTS (
                SELECT FROM insurer_notice AS n WHERE n.customer_id = c.id AND n.kind = 'report' AND n.withdrawn_at IS NULL
            ) THEN o.oldest_due_on
            ELSE (
                SELECT greatest(o.oldest_due_on, min(i.due_on)) FROM invoice AS i
                WHERE i.company_id = c.company_id AND i.customer_id = c.id AND i.open_amount > 0 AND i.kind <> 'credit_note'
                    AND i.due_on < %(day)s AND NOT EXISTS (
                        SELECT FROM insurer_notice_line AS told
                        WHERE told.invoice_id = i.id AND told.kind = 'report' AND told.is_valid
                    )
                HAVING count(*) > 0 AND o.oldest_due_on IS NOT NULL
            ) END + c.insurer_report_days AS report_by,
        CASE WHEN h.settled_count >= %(habit_count_min)s THEN h.median_days_late END AS usual_days,
        CASE WHEN h.settled_count >= %(habit_count_min)s THEN h.p90_days_late END AS p90_days,
        soon.per_cent AS soon_per_cent,
        b.count AS broken_count, b.amount AS broken_amount, b.currency AS broken_currency, b.promised_on AS broken_promised_on,
        b.settled_on AS broken_on, b.state AS broken_state, b.paid_amount AS broken_paid,
        b.count IS NOT NULL AND b.settled_on > coalesce(l.on_day, '-infinity') AS broke_since_contact,
        w.until AS promised_until,
        l.at AS last_contact_at, l.on_day AS last_contact_on, coalesce(l.next_step, '') AS next_step, l.next_on,
        CASE WHEN l.next_step IN ('call', 'call_back') AND l.next_on = %(day)s
            THEN (l.next_on + l.next_at) AT TIME ZONE ours.time_zone END AS call_back_at,
        coalesce(l.next_on <= %(day)s, false) AS step_is_due,
        coalesce(l.next_on <= %(day)s AND l.next_step = ANY(%(steps_we_owe)s), false) AS owed_step_is_due,
        coalesce(l.next_on <= %(day)s AND l.next_step = 'call_back', false) AS is_call_back,
        b.count IS NOT NULL AS broke_promise,
        coalesce(o.new_overdue_count > 0 AND o.new_overdue_count = o.overdue_count, false) AS is_new_overdue,
        z.until AS snoozed_until, z.reason AS snooze_reason
    FROM asked
    JOIN customer AS c ON c.id = asked.customer_id
    CROSS JOIN ours
    LEFT JOIN owed AS o ON o.customer_id = c.id
    LEFT JOIN pay_habit AS h ON h.customer_id = c.id
    LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
    LEFT JOIN segment AS s ON s.id = a.segment_id
    LEFT JOIN portfolio AS f ON f.id = a.portfolio_id
    LEFT JOIN soon ON soon.customer_id = c.id AND soon.currency = coalesce(o.currency, c.currency)
    LEFT JOIN broken AS b ON b.customer_id = c.id
    LEFT JOIN awaited AS w ON w.customer_id = c.id
    LEFT JOIN latest AS l ON l.customer_id = c.id
    LEFT JOIN snoozed AS z ON z.customer_id = c.id
    OFFSET 0 -- told once, and not wherever something of it is named
),
