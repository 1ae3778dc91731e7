-- The chase list of a company on a day: every customer with a position, or with something we said we would do, is
-- measured, given points, and listed or left out by the first rule that applies. Replaces the entries of those evaluated.
-- Says in sets what chase/rules says of one; tests/twins hold the two together.
-- Parameters: company (id), day, at (moment), customers (array of ids, NULL for all), workers (array of ids of
-- users who may look after customers: nobody else stands in), and the numbers of chase/rules:
-- words_kept_days, lately_days, habit_count_min, insurer_days, silence_days, silence_after_days, soon_days (days, counts).
-- Indexes: position_by_company, contact_log_by_customer, contact_log_by_next_step, promise_by_customer.
-- Rows: one a customer evaluated; 10,000 in about half a second.
WITH ours AS (
    SELECT id, currency, time_zone, ((%(day)s::date + 1)::timestamp AT TIME ZONE time_zone) AS day_ends_at
    FROM company WHERE id = %(company)s
),
rate AS (
    SELECT currency, 1::numeric AS rate FROM ours
    UNION ALL
    (SELECT DISTINCT ON (r.currency) r.currency, r.rate
     FROM exchange_rate AS r JOIN ours ON ours.id = r.company_id AND ours.currency <> r.currency
     WHERE r.valid_from <= %(day)s ORDER BY r.currency, r.valid_from DESC)
),
standing AS (
    SELECT p.*, c.currency AS own_currency, p.to_collect * r.rate AS weight, p.soon_amount * r.rate AS soon_weight
    FROM customer_position AS p
    JOIN customer AS c ON c.id = p.customer_id
    LEFT JOIN rate AS r ON r.currency = p.currency
    WHERE p.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
),
-- The currency that is shown: their own when something is to be collected in it, else that of the oldest to collect.
chosen AS (
    SELECT DISTINCT ON (customer_id) * FROM standing
    ORDER BY customer_id, to_collect > 0 AND currency = own_currency DESC, to_collect > 0 DESC,
        oldest_due_on, currency = own_currency DESC, due DESC, currency
),
-- Amounts of different currencies are compared at the day's rate, never added.
across AS (
    SELECT customer_id, max(weight) AS weight, max(soon_weight) AS soon_weight, bool_or(due > 0) AS has_due,
        bool_or(to_collect > 0) AS has_to_collect, bool_or(to_collect > 0 AND weight IS NULL) AS lacks_rate,
        min(oldest_due_on) AS oldest_due_on, max(oldest_days) AS oldest_days, min(next_due_on) AS next_due_on,
        sum(overdue_count) AS overdue_count, sum(new_overdue_count) AS new_overdue_count,
        max(exposure) FILTER (WHERE currency = own_currency) AS exposure,
        count(*) AS currency_count
    FROM standing GROUP BY customer_id
),
several AS (
    SELECT customer_id, (array_agg(currency ORDER BY weight DESC NULLS LAST))[1] AS weight_currency,
        (array_agg(to_collect ORDER BY weight DESC NULLS LAST))[1] AS weight_amount,
        jsonb_agg(
            jsonb_build_object('currency', currency, 'to_collect', to_collect::text, 'overdue', overdue::text) ORDER BY currency
        ) FILTER (WHERE to_collect > 0 OR overdue > 0) AS currencies
    FROM standing JOIN (SELECT customer_id FROM across WHERE currency_count > 1) AS x USING (customer_id)
    GROUP BY customer_id
),
broken AS (
    SELECT DISTINCT ON (customer_id) customer_id, count(*) OVER (PARTITION BY customer_id) AS count, amount, currency,
        promised_on, settled_on
    FROM promise
    WHERE company_id = %(company)s AND state = 'broken' AND settled_on <= %(day)s
        AND settled_on > %(day)s::date - %(lately_days)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    ORDER BY customer_id, settled_on DESC, id DESC
),
awaited AS (
    SELECT customer_id, min(promised_on) AS until FROM promise, ours
    WHERE company_id = %(company)s AND recorded_at < day_ends_at AND (state = 'running' OR settled_on > %(day)s)
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY customer_id
),
asked AS (
    SELECT customer_id FROM chosen
    UNION
    SELECT customer_id FROM contact_log
    WHERE company_id = %(company)s AND withdrawn_at IS NULL AND next_step = ANY(%(steps_we_owe)s)
        AND next_on BETWEEN %(day)s::date - %(words_kept_days)s AND %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
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
        AND (%(customers)s::bigint[] IS NULL OR snooze.customer_id = ANY(%(customers)s::bigint[]))
        AND (snooze.ended_at IS NULL OR snooze.ended_at >= ours.day_ends_at)
        AND (latest.at IS NULL OR latest.next_step = '' OR snooze.at > latest.at)
    ORDER BY snooze.customer_id, snooze.until DESC
),
known AS MATERIALIZED (
    SELECT c.id AS customer_id, c.is_active, c.credit_limit, a.segment_id, s.code AS segment_code,
        coalesce(s.least_days_overdue, 1) AS least_days_overdue, coalesce(s.least_amount, 0) AS least_amount,
        s.habit_grace_days,
        CASE WHEN %(day)s BETWEEN f.stand_in_from AND f.stand_in_until AND f.collector_id = a.collector_id
            AND f.stand_in_id = ANY(%(workers)s::bigint[]) THEN f.stand_in_id ELSE a.collector_id END AS collector_id,
        coalesce(p.currency, c.currency) AS currency, ours.currency AS our_currency,
        coalesce(p.overdue, 0) AS overdue, coalesce(p.due, 0) AS due, coalesce(p.not_due, 0) AS not_due,
        coalesce(p.to_collect, 0) AS to_collect, coalesce(p.disputed, 0) AS disputed, coalesce(p.promised, 0) AS promised,
        coalesce(p.unallocated, 0) AS unallocated, coalesce(p.credits, 0) AS credits,
        coalesce(x.has_due, false) AS has_due, coalesce(x.has_to_collect, false) AS has_to_collect,
        coalesce(x.lacks_rate, false) AS lacks_rate, coalesce(x.weight, 0) AS weight, x.soon_weight,
        x.oldest_due_on, coalesce(x.oldest_days, 0) AS oldest_days, x.next_due_on, x.exposure,
        x.overdue_count, x.new_overdue_count,
        m.weight_currency, m.weight_amount, m.currencies,
        x.oldest_due_on + c.insurer_report_days AS report_by,
        CASE WHEN h.settled_count >= %(habit_count_min)s THEN h.median_days_late END AS usual_days,
        CASE WHEN h.settled_count >= %(habit_count_min)s THEN h.p90_days_late END AS p90_days,
        b.count AS broken_count, b.amount AS broken_amount, b.currency AS broken_currency, b.promised_on AS broken_promised_on,
        b.count IS NOT NULL AND b.settled_on > coalesce(l.on_day, '-infinity') AS broke_since_contact,
        w.until AS promised_until,
        l.at AS last_contact_at, l.on_day AS last_contact_on, coalesce(l.next_step, '') AS next_step, l.next_on,
        CASE WHEN l.next_step = 'call_back' AND l.next_on = %(day)s
            THEN (l.next_on + l.next_at) AT TIME ZONE ours.time_zone END AS call_back_at,
        coalesce(l.next_on <= %(day)s, false) AS step_is_due,
        coalesce(l.next_on <= %(day)s AND l.next_step = ANY(%(steps_we_owe)s), false) AS owed_step_is_due,
        coalesce(l.next_on <= %(day)s AND l.next_step = 'call_back', false) AS is_call_back,
        b.count IS NOT NULL AS broke_promise,
        coalesce(x.new_overdue_count > 0 AND x.new_overdue_count = x.overdue_count, false) AS is_new_overdue,
        z.until AS snoozed_until, z.reason AS snooze_reason
    FROM asked
    JOIN customer AS c ON c.id = asked.customer_id
    CROSS JOIN ours
    LEFT JOIN chosen AS p ON p.customer_id = c.id
    LEFT JOIN across AS x ON x.customer_id = c.id
    LEFT JOIN several AS m ON m.customer_id = c.id
    LEFT JOIN pay_habit AS h ON h.customer_id = c.id
    LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
    LEFT JOIN segment AS s ON s.id = a.segment_id
    LEFT JOIN portfolio AS f ON f.id = a.portfolio_id
    LEFT JOIN broken AS b ON b.customer_id = c.id
    LEFT JOIN awaited AS w ON w.customer_id = c.id
    LEFT JOIN latest AS l ON l.customer_id = c.id
    LEFT JOIN snoozed AS z ON z.customer_id = c.id
),
measured AS MATERIALIZED (
    SELECT known.customer_id, known.segment_code, m.rule, m.measure
    FROM known CROSS JOIN LATERAL (VALUES
        ('oldest_age', nullif(oldest_days, 0)::numeric),
        ('amount', nullif(weight, 0)),
        ('broken_promise', broken_count::numeric),
        ('call_back', CASE WHEN step_is_due AND next_step = 'call_back' THEN %(day)s::date - next_on + 1 END),
        ('next_step_due', CASE WHEN step_is_due AND next_step <> 'call_back' THEN %(day)s::date - next_on + 1 END),
        ('new_overdue', CASE WHEN new_overdue_count = overdue_count THEN nullif(new_overdue_count, 0) END),
        ('later_than_usual', CASE WHEN oldest_days > p90_days THEN oldest_days - p90_days END),
        ('near_limit', CASE WHEN credit_limit > 0 AND exposure > 0 THEN floor(100 * exposure / credit_limit) END),
        ('insurer_clock', CASE WHEN report_by <= %(day)s::date + %(insurer_days)s
            THEN %(insurer_days)s - (report_by - %(day)s::date) END),
        ('segment', CASE WHEN segment_code IS NOT NULL THEN 1 END),
        ('never_contacted', CASE WHEN oldest_days > %(silence_after_days)s
            AND (last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(silence_days)s) THEN 1 END),
        ('pre_due', CASE WHEN last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(soon_days)s
            THEN nullif(soon_weight, 0) END)
    ) AS m (rule, measure)
    WHERE m.measure IS NOT NULL
),
code AS MATERIALIZED (SELECT DISTINCT coalesce(segment_code, '') AS code FROM known),
-- A segment that has weights of its own for a rule uses only those.
band AS MATERIALIZED (
    SELECT code AS segment_code, rule, at_least, points,
        lead(at_least) OVER (PARTITION BY code, rule ORDER BY at_least) AS below
    FROM (
        SELECT segments.code, w.rule, w.at_least, w.points, w.segment_code,
            max(w.segment_code) OVER (PARTITION BY segments.code, w.rule) AS preferred
        FROM code AS segments
        JOIN chase_weight AS w ON w.company_id = %(company)s AND w.segment_code IN ('', segments.code)
    ) AS offered
    WHERE segment_code = preferred
),
scored AS (
    SELECT k.customer_id, sum(b.points) AS score,
        coalesce(sum(b.points) FILTER (WHERE m.rule = 'pre_due'), 0) > 0 AS wants_call_before,
        jsonb_agg(
            CASE
                WHEN m.rule = 'broken_promise' THEN plain || jsonb_build_object(
                    'amount', k.broken_amount::text, 'currency', k.broken_currency, 'on', k.broken_promised_on)
                WHEN m.rule = 'call_back' THEN plain || jsonb_build_object('on', k.next_on, 'at', k.call_back_at)
                WHEN m.rule = 'next_step_due' THEN plain || jsonb_build_object('on', k.next_on, 'step', k.next_step)
                WHEN m.rule = 'insurer_clock' THEN plain || jsonb_build_object('on', k.report_by)
                WHEN m.rule = 'pre_due' THEN plain || jsonb_build_object('currency', k.our_currency)
                WHEN m.rule = 'amount' AND k.weight_currency <> k.currency THEN plain || jsonb_build_object(
                    'amount', k.weight_amount::text, 'currency', k.weight_currency)
                ELSE plain
            END
            ORDER BY b.points DESC, m.rule COLLATE "C"
        ) AS parts
    FROM measured AS m
    JOIN band AS b ON b.segment_code = coalesce(m.segment_code, '') AND b.rule = m.rule
        AND b.at_least <= m.measure AND (b.below IS NULL OR m.measure < b.below) AND b.points <> 0
    JOIN known AS k ON k.customer_id = m.customer_id
    CROSS JOIN LATERAL (
        SELECT jsonb_build_object('rule', m.rule, 'points', b.points, 'measure', trim_scale(m.measure)::text) AS plain
    ) AS part
    GROUP BY k.customer_id
),
decided AS MATERIALIZED (
    SELECT known.*, coalesce(score, 0) AS score, coalesce(parts, '[]') AS parts,
        CASE
            WHEN NOT is_active THEN 'inactive'
            WHEN snoozed_until IS NOT NULL THEN 'snoozed'
            WHEN owed_step_is_due THEN ''
            WHEN NOT has_due AND wants_call_before IS NOT TRUE THEN 'nothing_due'
            WHEN step_is_due THEN ''
            WHEN has_due AND NOT has_to_collect AND wants_call_before IS NOT TRUE THEN
                CASE WHEN disputed >= due THEN 'all_disputed' WHEN disputed + promised >= due THEN 'all_promised' ELSE 'covered' END
            WHEN next_on > %(day)s AND NOT broke_since_contact THEN 'asleep'
            WHEN last_contact_on = %(day)s THEN 'worked_today'
            WHEN wants_call_before THEN ''
            WHEN broken_count > 0 THEN ''
            WHEN weight < least_amount AND NOT lacks_rate THEN 'below_least_amount'
            WHEN oldest_days < least_days_overdue THEN 'too_early'
            WHEN usual_days IS NOT NULL AND oldest_days < ceil(greatest(usual_days, 0)) + habit_grace_days THEN 'usual_delay'
            ELSE ''
        END AS left_out
    FROM known LEFT JOIN scored USING (customer_id)
),
placed AS (
    SELECT decided.*, CASE WHEN left_out = '' AND %(customers)s::bigint[] IS NULL THEN row_number() OVER (
        PARTITION BY left_out = '' ORDER BY score DESC, weight DESC, oldest_days DESC, customer_id) END AS rank,
        CASE left_out
            WHEN 'snoozed' THEN jsonb_build_object('on', snoozed_until, 'reason', snooze_reason)
            WHEN 'nothing_due' THEN jsonb_build_object('on', next_due_on, 'amount', not_due::text, 'currency', currency)
            WHEN 'asleep' THEN jsonb_build_object('on', next_on, 'step', next_step)
            WHEN 'all_disputed' THEN jsonb_build_object('amount', disputed::text, 'currency', currency)
            WHEN 'all_promised' THEN jsonb_build_object('amount', promised::text, 'currency', currency, 'on', promised_until)
            WHEN 'covered' THEN jsonb_build_object(
                'amount', (credits + unallocated)::text, 'due', due::text, 'currency', currency)
            WHEN 'below_least_amount' THEN jsonb_build_object(
                'amount', weight::text, 'least', least_amount::text, 'currency', our_currency)
            WHEN 'too_early' THEN jsonb_build_object(
                'days', oldest_days, 'least', least_days_overdue, 'on', oldest_due_on + least_days_overdue)
            WHEN 'usual_delay' THEN jsonb_build_object(
                'days', oldest_days, 'usual', ceil(greatest(usual_days, 0))::int, 'grace', habit_grace_days,
                'on', oldest_due_on + ceil(greatest(usual_days, 0))::int + habit_grace_days)
            ELSE '{}' END AS left_out_facts
    FROM decided
),
gone AS (
    DELETE FROM chase_entry AS old
    WHERE old.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND NOT EXISTS (SELECT FROM placed WHERE placed.customer_id = old.customer_id)
)
INSERT INTO chase_entry AS entry (
    company_id, customer_id, day, segment_id, collector_id, currency, overdue, to_collect, disputed, promised, unallocated,
    other_currencies, oldest_days, weight, score, parts, left_out, left_out_facts, rank, asleep_until, call_back_at,
    last_contact_at, next_step, next_on, is_call_back, broke_promise, is_new_overdue, refreshed_at
)
SELECT %(company)s, customer_id, %(day)s, segment_id, collector_id, currency, overdue, to_collect, disputed, promised,
    unallocated,
    CASE WHEN currencies IS NULL THEN '[]' ELSE coalesce(
        (SELECT jsonb_agg(other) FROM jsonb_array_elements(currencies) AS other WHERE other->>'currency' <> currency), '[]') END,
    oldest_days, weight, score, parts, left_out, left_out_facts, rank,
    coalesce(snoozed_until, CASE WHEN next_on > %(day)s THEN next_on END), call_back_at, last_contact_at, next_step, next_on,
    is_call_back, broke_promise, is_new_overdue, %(at)s
FROM placed ORDER BY customer_id
ON CONFLICT (customer_id) DO UPDATE SET
    company_id = excluded.company_id, day = excluded.day, segment_id = excluded.segment_id,
    collector_id = excluded.collector_id, currency = excluded.currency, overdue = excluded.overdue,
    to_collect = excluded.to_collect, disputed = excluded.disputed, promised = excluded.promised,
    unallocated = excluded.unallocated, other_currencies = excluded.other_currencies, oldest_days = excluded.oldest_days,
    weight = excluded.weight, score = excluded.score, parts = excluded.parts, left_out = excluded.left_out,
    left_out_facts = excluded.left_out_facts,
    -- One customer's refresh keeps the place of the day's list; the place of an earlier day becomes yesterday's.
    rank = CASE WHEN %(customers)s::bigint[] IS NULL THEN excluded.rank WHEN entry.day = excluded.day THEN entry.rank END,
    previous_rank = CASE WHEN entry.day = excluded.day THEN entry.previous_rank WHEN entry.day < excluded.day THEN entry.rank END,
    asleep_until = excluded.asleep_until, call_back_at = excluded.call_back_at,
    last_contact_at = excluded.last_contact_at, next_step = excluded.next_step, next_on = excluded.next_on,
    is_call_back = excluded.is_call_back, broke_promise = excluded.broke_promise, is_new_overdue = excluded.is_new_overdue,
    refreshed_at = excluded.refreshed_at
