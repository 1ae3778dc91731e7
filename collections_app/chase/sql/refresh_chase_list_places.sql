-- Part of refresh_chase_list: at which place of the list they are, or what the rule saw that left them out; whose entry goes.
-- Only what is written is named: whole rows of what is merged are kept beside, so nothing of them is left out on the way.
placed AS (
    SELECT customer_id, segment_id, collector_id, currency, overdue, to_collect, disputed, promised, unallocated, oldest_days,
        weight, score, parts, left_out, call_back_at, last_contact_at, next_step, next_on, is_call_back, broke_promise,
        is_new_overdue,
        coalesce(snoozed_until, CASE WHEN next_on > %(day)s THEN next_on END) AS asleep_until,
        CASE WHEN currencies IS NULL THEN '[]' ELSE coalesce(
            (SELECT jsonb_agg(other) FROM jsonb_array_elements(currencies) AS other WHERE other->>'currency' <> currency), '[]')
        END AS other_currencies,
        CASE WHEN left_out = '' AND coalesce(%(customers)s::bigint[]::text, %(first)s::text) IS NULL THEN row_number() OVER (
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
        AND (NOT %(by_ids)s OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR old.customer_id BETWEEN %(first)s AND %(last)s)
        AND NOT EXISTS (SELECT FROM asked WHERE asked.customer_id = old.customer_id)
)
