-- Part of refresh_chase_list: the points of each rule by measure, and what the rules measure of each customer.
-- A segment that has weights of its own for a rule uses only those.
band AS (
    SELECT code AS segment_code, rule,
        array_agg(at_least ORDER BY at_least) AS edges, array_agg(points ORDER BY at_least) AS points
    FROM (
        SELECT segments.code, w.rule, w.at_least, w.points, w.segment_code,
            max(w.segment_code) OVER (PARTITION BY segments.code, w.rule) AS preferred
        FROM (SELECT '' AS code UNION SELECT code FROM segment) AS segments
        JOIN chase_weight AS w ON w.company_id = %(company)s AND w.segment_code IN ('', segments.code)
    ) AS offered
    WHERE segment_code = preferred
    GROUP BY code, rule
),
-- One row a segment, so that a customer's points are looked up where they stand.
scale AS MATERIALIZED (
    SELECT segment_code,
        max(edges) FILTER (WHERE rule = 'oldest_age') AS oldest_age_edges,
            max(points) FILTER (WHERE rule = 'oldest_age') AS oldest_age_points,
        max(edges) FILTER (WHERE rule = 'amount') AS amount_edges,
            max(points) FILTER (WHERE rule = 'amount') AS amount_points,
        max(edges) FILTER (WHERE rule = 'broken_promise') AS broken_promise_edges,
            max(points) FILTER (WHERE rule = 'broken_promise') AS broken_promise_points,
        max(edges) FILTER (WHERE rule = 'broken_since_contact') AS broken_since_contact_edges,
            max(points) FILTER (WHERE rule = 'broken_since_contact') AS broken_since_contact_points,
        max(edges) FILTER (WHERE rule = 'call_back') AS call_back_edges,
            max(points) FILTER (WHERE rule = 'call_back') AS call_back_points,
        max(edges) FILTER (WHERE rule = 'next_step_due') AS next_step_due_edges,
            max(points) FILTER (WHERE rule = 'next_step_due') AS next_step_due_points,
        max(edges) FILTER (WHERE rule = 'new_overdue') AS new_overdue_edges,
            max(points) FILTER (WHERE rule = 'new_overdue') AS new_overdue_points,
        max(edges) FILTER (WHERE rule = 'later_than_usual') AS later_than_usual_edges,
            max(points) FILTER (WHERE rule = 'later_than_usual') AS later_than_usual_points,
        max(edges) FILTER (WHERE rule = 'pays_soon') AS pays_soon_edges,
            max(points) FILTER (WHERE rule = 'pays_soon') AS pays_soon_points,
        max(edges) FILTER (WHERE rule = 'near_limit') AS near_limit_edges,
            max(points) FILTER (WHERE rule = 'near_limit') AS near_limit_points,
        max(edges) FILTER (WHERE rule = 'insurer_clock') AS insurer_clock_edges,
            max(points) FILTER (WHERE rule = 'insurer_clock') AS insurer_clock_points,
        max(edges) FILTER (WHERE rule = 'segment') AS segment_edges,
            max(points) FILTER (WHERE rule = 'segment') AS segment_points,
        max(edges) FILTER (WHERE rule = 'never_contacted') AS never_contacted_edges,
            max(points) FILTER (WHERE rule = 'never_contacted') AS never_contacted_points,
        max(edges) FILTER (WHERE rule = 'pre_due') AS pre_due_edges,
            max(points) FILTER (WHERE rule = 'pre_due') AS pre_due_points
    FROM band GROUP BY segment_code
),
measured AS (
    SELECT known.*,
        nullif(oldest_days, 0) AS oldest_age,
        nullif(weight, 0) AS amount,
        broken_count AS broken_promise,
        CASE WHEN broke_since_contact THEN 1 END AS broken_since_contact,
        CASE WHEN step_is_due AND next_step = 'call_back' THEN %(day)s::date - next_on + 1 END AS call_back,
        CASE WHEN step_is_due AND next_step <> 'call_back' THEN %(day)s::date - next_on + 1 END AS next_step_due,
        CASE WHEN new_overdue_count = overdue_count THEN nullif(new_overdue_count, 0) END AS new_overdue,
        CASE WHEN oldest_days > p90_days THEN oldest_days - p90_days END AS later_than_usual,
        CASE WHEN weight > 0 THEN soon_per_cent END AS pays_soon,
        CASE WHEN credit_limit > 0 AND exposure > 0 THEN floor(100 * exposure / credit_limit) END AS near_limit,
        CASE WHEN report_by <= %(day)s::date + %(insurer_days)s
            THEN %(insurer_days)s - (report_by - %(day)s::date) END AS insurer_clock,
        CASE WHEN segment_code IS NOT NULL THEN 1 END AS segment,
        CASE WHEN oldest_days > %(silence_after_days)s
            AND (last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(silence_days)s) THEN 1 END AS never_contacted,
        CASE WHEN last_contact_on IS NULL OR last_contact_on < %(day)s::date - %(soon_days)s
            THEN nullif(soon_weight, 0) END AS pre_due
    FROM known
),
