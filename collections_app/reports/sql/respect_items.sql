-- Part of respect_counts and respect_list: what we said, called, promised and answered between two days, one row each with whether it
-- was as it should be. What has time yet is left out. Parameters: company, since, until (days, both included), today, zone (the
-- company's), days and answer_by (arrays: a day, and the working day by which what came on it is read), resting
-- (days of rest wherever customers are), rest_in and rest_on (arrays: a country, and a day of rest there and not everywhere),
-- opens, closes (times of day).
-- Relies on event_by_what, received_by_company,
-- message_sent_by_moment, contact_log_call_by_moment, contact_log_by_customer, customer_by_time_zone.
-- Some ten thousand rows for half a year of a large company.
WITH passed AS (
    SELECT (facts ->> 'message')::bigint AS message_id FROM activity_event
    WHERE company_id = %(company)s AND what = 'message.warning_passed'
    UNION
    SELECT draft.message_id FROM activity_event AS event JOIN reminder_draft AS draft ON draft.id = (event.facts ->> 'draft')::bigint
    WHERE event.company_id = %(company)s AND event.what = 'reminder.edited' AND jsonb_array_length(event.facts -> 'passed') > 0
),
period AS (
    SELECT %(since)s::timestamp AT TIME ZONE %(zone)s AS begins_at,
        greatest(%(since)s::date, %(hours_since)s::date)::timestamp AT TIME ZONE %(zone)s AS hours_begin_at,
        (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS ends_at
),
answering AS (
    SELECT * FROM unnest(%(days)s::date[], %(answer_by)s::date[]) AS answering (came_on, by_on)
),
items AS (
    SELECT 'words'::text AS kind, message.id, message.customer_id, (message.sent_at AT TIME ZONE %(zone)s)::date AS on_day,
        message.subject::text AS about, NOT EXISTS (SELECT FROM passed WHERE passed.message_id = message.id) AS is_good
    FROM period, message
    WHERE message.company_id = %(company)s AND message.audience = 'customer' AND message.sent_at IS NOT NULL
        AND message.sent_at >= begins_at AND message.sent_at < ends_at
    UNION ALL
    SELECT 'commitments'::text, id, customer_id, first_due_on, (kind || ' ' || words)::text,
        state IN ('met', 'met_late') AND ended_on <= first_due_on
    FROM commitment
    WHERE company_id = %(company)s AND first_due_on BETWEEN %(since)s AND %(until)s AND first_due_on < %(today)s
        AND NOT (state = 'withdrawn' AND ended_on <= first_due_on)
    UNION ALL
    SELECT 'call_backs'::text, log.id, log.customer_id, log.next_on, ''::text, EXISTS (
            SELECT FROM contact_log AS later
            WHERE later.customer_id = log.customer_id AND later.withdrawn_at IS NULL AND later.at > log.at
                AND (later.at AT TIME ZONE %(zone)s)::date <= log.next_on
        )
    FROM contact_log AS log
    WHERE log.company_id = %(company)s AND log.withdrawn_at IS NULL AND log.next_step = 'call_back'
        AND log.next_on BETWEEN %(since)s AND %(until)s AND log.next_on < %(today)s
    UNION ALL
    SELECT 'hours'::text, id, customer_id, ours::date, to_char(theirs, 'HH24:MI'),
        theirs::time >= %(opens)s AND theirs::time < %(closes)s
            AND theirs::date <> ALL (%(resting)s::date[])
            -- where a customer is matters on few days, so it is looked up only then
            AND (theirs::date <> ALL (%(rest_on)s::date[]) OR (
                SELECT rests.on_day FROM customer AS there
                JOIN unnest(%(rest_in)s::text[], %(rest_on)s::date[]) AS rests (country, on_day) ON rests.country = there.country
                WHERE there.id = called.customer_id AND rests.on_day = called.theirs::date LIMIT 1
            ) IS NULL)
    FROM (
        -- What the clock said is worked out once a call, not at each use; there it is another for a few customers.
        SELECT id, customer_id, ours, coalesce(there, ours) AS theirs
        FROM (
            SELECT log.id, log.customer_id, log.at AT TIME ZONE %(zone)s AS ours, log.at AT TIME ZONE away.time_zone AS there
            FROM period
            JOIN contact_log AS log ON log.at >= hours_begin_at AND log.at < ends_at
            LEFT JOIN customer AS away ON away.id = log.customer_id AND away.time_zone <> ''
            WHERE log.company_id = %(company)s AND log.withdrawn_at IS NULL AND log.channel = 'call' AND log.direction = 'out'
            OFFSET 0
        ) AS clocked
        OFFSET 0
    ) AS called
    UNION ALL
    SELECT 'replies'::text, reply.id, reply.customer_id, answering.came_on, reply.subject::text,
        coalesce((reply.read_at AT TIME ZONE %(zone)s)::date <= answering.by_on, false)
    FROM received_message AS reply JOIN answering ON answering.came_on = (reply.received_at AT TIME ZONE %(zone)s)::date
    WHERE reply.company_id = %(company)s AND reply.kind = 'reply' AND reply.audience = 'customer'
        AND (reply.read_at IS NOT NULL OR answering.by_on < %(today)s)
    UNION ALL
    SELECT 'disputes'::text, dispute.id, dispute.customer_id, dispute.answer_due_on, dispute.reason::text,
        coalesce(
            (least(dispute.answered_at, dispute.told_at, dispute.closed_at) AT TIME ZONE %(zone)s)::date <= dispute.answer_due_on, false
        )
    FROM dispute
    WHERE dispute.company_id = %(company)s AND dispute.answer_due_on BETWEEN %(since)s AND %(until)s
        AND dispute.answer_due_on < %(today)s
)
