-- Part of refresh_chase_list: what the rules measure of each customer, and the points they give.
-- The measures of a customer are laid out as rows (unnest), looked up in the bands of their segment, and told as JSON:
-- put together as text, which takes half the time; only our own names of rules, numbers, and what jsonb wrote stand in it.
measured AS NOT MATERIALIZED (
    SELECT customer_id, coalesce(segment_code, '') AS segment_code,
        unnest('{oldest_age, amount, broken_promise, broken_since_contact, call_back, next_step_due, new_overdue,
            later_than_usual, pays_soon, near_limit, insurer_clock, segment, never_contacted, pre_due}'::text[]) AS rule,
        unnest(ARRAY[
            nullif(oldest_days, 0)::numeric,
            nullif(weight, 0),
            broken_count,
            CASE WHEN broke_since_contact THEN 1 END,
            CASE WHEN step_is_due AND next_step = 'call_back' THEN %(day)s::date - next_on + 1 END,
            CASE WHEN step_is_due AND next_step <> 'call_back' THEN %(day)s::date - next_on + 1 END,
            CASE WHEN new_overdue_count = overdue_count THEN nullif(new_overdue_count, 0) END,
            CASE WHEN oldest_days > p90_days THEN oldest_days - p90_days END,
            CASE WHEN weight > 0 THEN soon_per_cent END,
            CASE WHEN credit_limit > 0 AND exposure > 0 THEN floor(100 * exposure / credit_limit) END,
            CASE WHEN report_by <= %(day)s::date + %(insurer_days)s THEN %(insurer_days)s - (report_by - %(day)s::date) END,
            CASE WHEN segment_code IS NOT NULL THEN 1 END,
            CASE WHEN oldest_days > %(silence_after_days)s
                AND (last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(silence_days)s) THEN 1 END,
            CASE WHEN last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(soon_days)s THEN nullif(soon_weight, 0) END
        ]) AS measure,
        -- What the sentence needs beside the measure.
        unnest(ARRAY[
            NULL,
            CASE WHEN weight_currency <> currency
                THEN jsonb_build_object('amount', weight_amount::text, 'currency', weight_currency) END,
            CASE WHEN broken_count IS NOT NULL THEN jsonb_build_object(
                'amount', broken_amount::text, 'currency', broken_currency, 'on', broken_promised_on,
                'state', broken_state, 'paid', broken_paid) END,
            CASE WHEN broke_since_contact THEN jsonb_build_object('on', broken_on) END,
            CASE WHEN step_is_due THEN jsonb_build_object('on', next_on, 'at', call_back_at) END,
            CASE WHEN step_is_due THEN jsonb_build_object('on', next_on, 'step', next_step) END,
            NULL, NULL, NULL, NULL,
            CASE WHEN report_by IS NOT NULL THEN jsonb_build_object('on', report_by) END,
            NULL, NULL,
            our_money
        ]) AS beside
    FROM known
),
-- A segment that has weights of its own for a rule uses only those.
band AS MATERIALIZED (
    SELECT code AS segment_code, rule, array_agg(at_least ORDER BY at_least) AS edges, array_agg(points ORDER BY at_least) AS points
    FROM (
        SELECT segments.code, w.rule, w.at_least, w.points, w.segment_code,
            max(w.segment_code) OVER (PARTITION BY segments.code, w.rule) AS preferred
        FROM (SELECT DISTINCT coalesce(segment_code, '') AS code FROM known) AS segments
        JOIN chase_weight AS w ON w.company_id = %(company)s AND w.segment_code IN ('', segments.code)
    ) AS offered
    WHERE segment_code = preferred
    GROUP BY code, rule
),
given AS (
    SELECT m.customer_id, m.rule, m.measure, m.beside, b.points[width_bucket(m.measure, b.edges)] AS points
    FROM measured AS m JOIN band AS b USING (segment_code, rule)
    WHERE m.measure IS NOT NULL
    OFFSET 0 -- looked up once, and not wherever the points are named
),
scored AS (
    SELECT customer_id, sum(points) AS score, coalesce(sum(points) FILTER (WHERE rule = 'pre_due'), 0) > 0 AS wants_call_before,
        ('[' || string_agg(
            '{"rule": "' || rule || '", "points": ' || points || ', "measure": "' || trim_scale(measure) || '"'
                || coalesce(', ' || substr(beside::text, 2), '}'),
            ', ' ORDER BY points DESC, rule COLLATE "C"
        ) || ']')::jsonb AS parts
    FROM given
    WHERE points <> 0
    GROUP BY customer_id
),
