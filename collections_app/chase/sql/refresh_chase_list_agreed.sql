-- Part of refresh_chase_list: what was promised and agreed, when we spoke last, who sleeps.
-- What was kept only in part was not kept: the rest is asked for as after a promise that broke.
broken AS (
    SELECT DISTINCT ON (customer_id) customer_id, count(*) OVER (PARTITION BY customer_id) AS count, amount, currency,
        promised_on, settled_on, state, paid_amount
    FROM promise
    WHERE company_id = %(company)s AND state IN ('broken', 'partly_kept') AND settled_on <= %(day)s
        AND settled_on > %(day)s::date - %(lately_days)s
        AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    ORDER BY customer_id, settled_on DESC, id DESC
),
awaited AS (
    SELECT customer_id, min(promised_on) AS until FROM promise, ours
    WHERE company_id = %(company)s AND recorded_at < day_ends_at AND (state = 'running' OR settled_on > %(day)s)
        AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY customer_id
),
-- In the order of their numbers, in which their conversations are looked up: neighbours stand on one page.
asked AS MATERIALIZED (
    SELECT customer_id FROM standing
    UNION
    SELECT customer_id FROM contact_log
    WHERE company_id = %(company)s AND withdrawn_at IS NULL AND next_step = ANY(%(steps_we_owe)s)
        AND next_on BETWEEN %(day)s::date - %(words_kept_days)s AND %(day)s
        AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    ORDER BY customer_id
),
latest AS MATERIALIZED (
    SELECT asked.customer_id, log.at, (log.at AT TIME ZONE ours.time_zone)::date AS on_day, log.next_step, log.next_on, log.next_at
    FROM asked CROSS JOIN ours CROSS JOIN LATERAL (
        SELECT at, next_step, next_on, next_at FROM contact_log
        WHERE customer_id = asked.customer_id AND withdrawn_at IS NULL AND at < ours.day_ends_at
        ORDER BY at DESC, id DESC LIMIT 1
    ) AS log
),
-- A snooze holds until its day, unless a step was agreed with the customer after it.
snoozed AS (
    SELECT DISTINCT ON (snooze.customer_id) snooze.customer_id, snooze.until, snooze.reason
    FROM chase_snooze AS snooze CROSS JOIN ours LEFT JOIN latest ON latest.customer_id = snooze.customer_id
    WHERE snooze.until > %(day)s AND snooze.at < ours.day_ends_at
        AND (NOT %(by_ids)s OR snooze.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR snooze.customer_id BETWEEN %(first)s AND %(last)s)
        AND (snooze.ended_at IS NULL OR snooze.ended_at >= ours.day_ends_at)
        AND (latest.at IS NULL OR latest.next_step = '' OR snooze.at > latest.at)
    ORDER BY snooze.customer_id, snooze.until DESC
),
-- How much of what is due and can be asked for is likely to come within a week, as the newest night expects it.
soon AS (
    SELECT customer_id, currency, floor(100 * soon / askable) AS per_cent
    FROM expected_soon
    WHERE company_id = %(company)s AND day BETWEEN %(day)s::date - %(forecast_age_days)s AND %(day)s
        AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
),
