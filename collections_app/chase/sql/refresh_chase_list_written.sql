-- Part of refresh_chase_list: the writing. Entries are matched with those that stand, and one whose place in the indexes
-- did not change is written beside its old version.
-- One customer's refresh keeps the place of the day's list; the place of an earlier day becomes yesterday's. Of a range too:
-- once all of them are through, number_chase_list gives the places.
MERGE INTO chase_entry AS entry
USING placed AS found
ON entry.customer_id = found.customer_id
WHEN MATCHED THEN UPDATE SET
    day = %(day)s, refreshed_at = %(at)s,
    rank = CASE WHEN coalesce(%(customers)s::bigint[]::text, %(first)s::text) IS NULL THEN found.rank WHEN entry.day = %(day)s THEN entry.rank END,
    previous_rank = CASE WHEN entry.day = %(day)s THEN entry.previous_rank WHEN entry.day < %(day)s THEN entry.rank END,
    segment_id = found.segment_id, collector_id = found.collector_id, currency = found.currency, overdue = found.overdue,
    to_collect = found.to_collect, disputed = found.disputed, promised = found.promised, unallocated = found.unallocated,
    other_currencies = found.other_currencies, oldest_days = found.oldest_days, weight = found.weight, score = found.score,
    parts = found.parts, left_out = found.left_out, left_out_facts = found.left_out_facts, asleep_until =
    found.asleep_until, call_back_at = found.call_back_at, last_contact_at = found.last_contact_at, next_step =
    found.next_step, next_on = found.next_on, is_call_back = found.is_call_back, broke_promise = found.broke_promise,
    is_new_overdue = found.is_new_overdue
WHEN NOT MATCHED THEN INSERT (
    company_id, customer_id, day, refreshed_at, rank,
    segment_id, collector_id, currency, overdue, to_collect, disputed, promised, unallocated, other_currencies, oldest_days,
    weight, score, parts, left_out, left_out_facts, asleep_until, call_back_at, last_contact_at, next_step, next_on,
    is_call_back, broke_promise, is_new_overdue
) VALUES (
    %(company)s, customer_id, %(day)s, %(at)s, rank,
    segment_id, collector_id, currency, overdue, to_collect, disputed, promised, unallocated, other_currencies, oldest_days,
    weight, score, parts, left_out, left_out_facts, asleep_until, call_back_at, last_contact_at, next_step, next_on,
    is_call_back, broke_promise, is_new_overdue
)
