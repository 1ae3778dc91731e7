-- What the chase list says of some customers, in the order in which they are given: entry, customer, segment, and the colleague
-- who has the customer open now (as claims.held_by_others tells it). Which customers those are, a queryset has said.
-- Parameters: customers (array of ids), user (id of the reader), at (moment).
-- With it stands the call that a procedure asks for (asked_call: what to say; NULL for none).
-- Relies on the primary keys, on one entry and one claim a customer, and on reminder_draft_by_customer. Rows: one a customer, a page of them.
SELECT
    wanted.customer_id, customer.number, customer.name, segment.name AS segment, entry.currency, entry.overdue,
    entry.to_collect, entry.disputed, entry.promised, entry.unallocated, entry.oldest_days, entry.score, entry.weight,
    entry.parts, entry.previous_rank, entry.asleep_until, entry.call_back_at, entry.last_contact_at, entry.next_step,
    entry.next_on, coalesce(nullif(colleague.full_name, ''), colleague.username) AS held_by, asked.note AS asked_call
FROM unnest(%(customers)s::bigint[]) WITH ORDINALITY AS wanted (customer_id, place)
INNER JOIN chase_entry AS entry ON entry.customer_id = wanted.customer_id
INNER JOIN customer ON customer.id = wanted.customer_id
LEFT JOIN segment ON segment.id = entry.segment_id
LEFT JOIN chase_claim AS claim
    ON claim.customer_id = wanted.customer_id AND claim.until > %(at)s AND claim.user_id <> %(user)s
LEFT JOIN app_user AS colleague ON colleague.id = claim.user_id
LEFT JOIN LATERAL (
    SELECT note FROM reminder_draft
    WHERE customer_id = wanted.customer_id AND state = 'proposed' AND channel = 'call'
    ORDER BY level DESC, id LIMIT 1
) AS asked ON true
ORDER BY wanted.place
