-- The promises that have fallen due, with what one of the rates counts of them: fallen_promises says which they are.
-- Parameters: company, day, since (the grace ended before the one and not before the other), customers (ids, an array; NULL for
-- all), what ('promised', 'received', 'kept' or 'fallen'). Rows: one a promise.
WITH piece AS (
    SELECT promise_id AS id, '' AS number, customer_id, currency, grace_ends_on AS on_day,
        CASE WHEN is_kept THEN 'kept' ELSE 'not kept' END AS about,
        CASE %(what)s WHEN 'promised' THEN promised WHEN 'received' THEN received END AS amount
    FROM fallen_promises(%(company)s, %(day)s::date)
    WHERE grace_ends_on >= %(since)s AND (%(what)s <> 'kept' OR is_kept)
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
)
