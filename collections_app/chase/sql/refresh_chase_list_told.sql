-- Part of refresh_chase_list: the points that the measures give, each that gives any told as JSON (in any order), and who is
-- not on the list, by the first rule that applies.
-- Put together as text, which takes half the time; only our own names of rules, numbers, and what jsonb wrote stand in it.
given AS (
    SELECT measured.*,
        scale.oldest_age_points[width_bucket(oldest_age::numeric, scale.oldest_age_edges)] AS oldest_age_points,
        scale.amount_points[width_bucket(amount, scale.amount_edges)] AS amount_points,
        scale.broken_promise_points[width_bucket(broken_promise::numeric, scale.broken_promise_edges)] AS broken_promise_points,
        scale.broken_since_contact_points[width_bucket(broken_since_contact::numeric, scale.broken_since_contact_edges)]
            AS broken_since_contact_points,
        scale.call_back_points[width_bucket(call_back::numeric, scale.call_back_edges)] AS call_back_points,
        scale.next_step_due_points[width_bucket(next_step_due::numeric, scale.next_step_due_edges)] AS next_step_due_points,
        scale.new_overdue_points[width_bucket(new_overdue::numeric, scale.new_overdue_edges)] AS new_overdue_points,
        scale.later_than_usual_points[width_bucket(later_than_usual, scale.later_than_usual_edges)] AS later_than_usual_points,
        scale.pays_soon_points[width_bucket(pays_soon, scale.pays_soon_edges)] AS pays_soon_points,
        scale.near_limit_points[width_bucket(near_limit, scale.near_limit_edges)] AS near_limit_points,
        scale.insurer_clock_points[width_bucket(insurer_clock::numeric, scale.insurer_clock_edges)] AS insurer_clock_points,
        scale.segment_points[width_bucket(segment::numeric, scale.segment_edges)] AS segment_points,
        scale.never_contacted_points[width_bucket(never_contacted::numeric, scale.never_contacted_edges)] AS never_contacted_points,
        scale.pre_due_points[width_bucket(pre_due, scale.pre_due_edges)] AS pre_due_points
    FROM measured LEFT JOIN scale ON scale.segment_code = coalesce(measured.segment_code, '')
    OFFSET 0
),
decided AS (
    SELECT given.*,
        coalesce(oldest_age_points, 0) + coalesce(amount_points, 0) + coalesce(broken_promise_points, 0)
            + coalesce(broken_since_contact_points, 0) + coalesce(call_back_points, 0)
            + coalesce(next_step_due_points, 0) + coalesce(new_overdue_points, 0)
            + coalesce(later_than_usual_points, 0) + coalesce(pays_soon_points, 0) + coalesce(near_limit_points, 0)
            + coalesce(insurer_clock_points, 0) + coalesce(segment_points, 0) + coalesce(never_contacted_points, 0)
            + coalesce(pre_due_points, 0) AS score,
        ('[' || array_to_string(ARRAY[
            CASE WHEN oldest_age_points <> 0 THEN '{"rule": "oldest_age", "points": '
                || oldest_age_points || ', "measure": "' || oldest_age || '"}' END,
            CASE WHEN amount_points <> 0 THEN '{"rule": "amount", "points": '
                || amount_points || ', "measure": "' || trim_scale(amount) || '"'
                || CASE WHEN weight_currency <> currency THEN ', ' || substr(
                    jsonb_build_object('amount', weight_amount::text, 'currency', weight_currency)::text, 2) ELSE '}' END END,
            CASE WHEN broken_promise_points <> 0 THEN '{"rule": "broken_promise", "points": '
                || broken_promise_points || ', "measure": "' || broken_promise || '", '
                || substr(jsonb_build_object('amount', broken_amount::text, 'currency', broken_currency, 'on', broken_promised_on,
                    'state', broken_state, 'paid', broken_paid)::text, 2) END,
            CASE WHEN broken_since_contact_points <> 0 THEN '{"rule": "broken_since_contact", "points": '
                || broken_since_contact_points || ', "measure": "' || broken_since_contact || '", '
                || substr(jsonb_build_object('on', broken_on)::text, 2) END,
            CASE WHEN call_back_points <> 0 THEN '{"rule": "call_back", "points": '
                || call_back_points || ', "measure": "' || call_back || '", '
                || substr(jsonb_build_object('on', next_on, 'at', call_back_at)::text, 2) END,
            CASE WHEN next_step_due_points <> 0 THEN '{"rule": "next_step_due", "points": '
                || next_step_due_points || ', "measure": "' || next_step_due || '", '
                || substr(jsonb_build_object('on', next_on, 'step', next_step)::text, 2) END,
            CASE WHEN new_overdue_points <> 0 THEN '{"rule": "new_overdue", "points": '
                || new_overdue_points || ', "measure": "' || new_overdue || '"}' END,
            CASE WHEN later_than_usual_points <> 0 THEN '{"rule": "later_than_usual", "points": '
                || later_than_usual_points || ', "measure": "' || trim_scale(later_than_usual) || '"}' END,
            CASE WHEN pays_soon_points <> 0 THEN '{"rule": "pays_soon", "points": '
                || pays_soon_points || ', "measure": "' || trim_scale(pays_soon) || '"}' END,
            CASE WHEN near_limit_points <> 0 THEN '{"rule": "near_limit", "points": '
                || near_limit_points || ', "measure": "' || trim_scale(near_limit) || '"}' END,
            CASE WHEN insurer_clock_points <> 0 THEN '{"rule": "insurer_clock", "points": '
                || insurer_clock_points || ', "measure": "' || insurer_clock || '", '
                || substr(jsonb_build_object('on', report_by)::text, 2) END,
            CASE WHEN segment_points <> 0 THEN '{"rule": "segment", "points": '
                || segment_points || ', "measure": "' || segment || '"}' END,
            CASE WHEN never_contacted_points <> 0 THEN '{"rule": "never_contacted", "points": '
                || never_contacted_points || ', "measure": "' || never_contacted || '"}' END,
            CASE WHEN pre_due_points <> 0 THEN '{"rule": "pre_due", "points": '
                || pre_due_points || ', "measure": "' || trim_scale(pre_due) || '", '
                || substr(our_money::text, 2) END
        ], ', ') || ']')::jsonb AS parts,
        CASE
            WHEN NOT is_active THEN 'inactive'
            WHEN snoozed_until IS NOT NULL THEN 'snoozed'
            WHEN owed_step_is_due THEN ''
            WHEN NOT has_due AND coalesce(pre_due_points, 0) <= 0 THEN 'nothing_due'
            WHEN step_is_due THEN ''
            WHEN has_due AND NOT has_to_collect AND coalesce(pre_due_points, 0) <= 0 THEN
                CASE WHEN disputed >= due THEN 'all_disputed' WHEN disputed + promised >= due THEN 'all_promised' ELSE 'covered' END
            WHEN next_on > %(day)s AND NOT broke_since_contact THEN 'asleep'
            WHEN last_contact_on = %(day)s THEN 'worked_today'
            WHEN coalesce(pre_due_points, 0) > 0 THEN ''
            WHEN broken_count > 0 THEN ''
            WHEN weight < least_amount AND NOT lacks_rate THEN 'below_least_amount'
            WHEN oldest_days < least_days_overdue THEN 'too_early'
            WHEN usual_days IS NOT NULL AND oldest_days < ceil(greatest(usual_days, 0)) + habit_grace_days THEN 'usual_delay'
            ELSE ''
        END AS left_out
    FROM given OFFSET 0
),
