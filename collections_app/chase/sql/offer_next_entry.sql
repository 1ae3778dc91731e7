-- The entry that a user is to work next, locked, so that two who ask at once are not offered the same one.
-- First agreed calls whose minute has come, then the list from the place after the last one worked, then from its top;
-- one's own customers before those that nobody looks after. Left out are customers that a colleague has open, that the
-- user passed over today, the one just left, and those of somebody else whom the user covered until a day that is over:
-- the list may still be that of yesterday. A lock lasts until commit: the claim made with it is what lasts longer.
-- Parameters: company, "user", leaving (customer id or null); day (date), at, calls_until (moments; a call agreed for
-- later than calls_until waits); after_score, after_weight, after_days, after_customer (the place in the list that one
-- comes from, all null for its top).
-- Relies on entry_in_order_by_collector, chase_claim's and chase_skip's unique indexes. Rows: one or none.
SELECT entry.id
FROM chase_entry AS entry
WHERE
    entry.company_id = %(company)s
    AND entry.left_out = ''
    AND (entry.collector_id = %(user)s OR entry.collector_id IS NULL)
    AND (entry.call_back_at IS NULL OR entry.call_back_at <= %(calls_until)s)
    AND entry.customer_id IS DISTINCT FROM %(leaving)s
    AND NOT EXISTS (
        SELECT FROM customer_assignment AS assignment
        LEFT JOIN portfolio ON portfolio.id = assignment.portfolio_id
        WHERE assignment.customer_id = entry.customer_id AND assignment.collector_id <> %(user)s
            AND (portfolio.stand_in_id = %(user)s AND %(day)s BETWEEN portfolio.stand_in_from AND portfolio.stand_in_until)
                IS NOT TRUE
    )
    AND NOT EXISTS (
        SELECT FROM chase_claim AS claim
        WHERE claim.customer_id = entry.customer_id AND claim.until > %(at)s AND claim.user_id <> %(user)s
    )
    AND NOT EXISTS (
        SELECT FROM chase_skip AS skip
        WHERE skip.user_id = %(user)s AND skip.day = %(day)s AND skip.customer_id = entry.customer_id
    )
ORDER BY
    entry.call_back_at,
    entry.collector_id IS NULL,
    (
        (-entry.score, -entry.weight, -entry.oldest_days, entry.customer_id)
        < (-%(after_score)s::integer, -%(after_weight)s::numeric, -%(after_days)s::integer, %(after_customer)s::bigint)
    ) IS TRUE,
    entry.score DESC,
    entry.weight DESC,
    entry.oldest_days DESC,
    entry.customer_id
LIMIT 1
FOR UPDATE OF entry SKIP LOCKED
