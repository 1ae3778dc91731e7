-- The promises that have fallen due by what came of them, with what was promised: fallen_promises says which they are. One that was
-- replaced after its day counts as broken. Parameters: company, day, since (the grace ended before the one and not before the other),
-- until (the last such day), customers (ids, an array; NULL for all), what ('kept', 'partly' or 'broken'; NULL for all).
-- Rows: one a promise.
WITH told AS (
    SELECT promise_id AS id, '' AS number, fallen.customer_id, fallen.currency, grace_ends_on AS on_day, promised AS amount,
        CASE WHEN is_kept THEN 'kept' WHEN promise.state = 'partly_kept' THEN 'partly' ELSE 'broken' END AS part
    FROM fallen_promises(%(company)s, %(day)s::date) AS fallen JOIN promise ON promise.id = promise_id
    WHERE grace_ends_on BETWEEN %(since)s AND %(until)s
        AND (%(customers)s::bigint[] IS NULL OR fallen.customer_id = ANY(%(customers)s::bigint[]))
),
piece AS (
    SELECT told.*, CASE part WHEN 'partly' THEN 'partly kept' ELSE part END AS about
    FROM told
    WHERE %(what)s::text IS NULL OR part = %(what)s
)
