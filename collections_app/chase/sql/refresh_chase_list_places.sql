-- Part of refresh_chase_list: who is on the list and at which place, and who is not and why; whose entry goes.
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
        AND NOT EXISTS (SELECT FROM known WHERE known.customer_id = old.customer_id)
)
