-- Ends promises as the rule decided (or has them run again, or go on to their next instalment), keeps what came for them
-- so far, frees their invoices for a new one, and writes one event each where there is something to tell.
-- Promises are locked first and by id, then their parts, as every other writer does. One that is no longer as the rule saw
-- it is left alone, so running it twice at once has one effect.
-- Parameters: ids, versions, states, paid, needed, promised_on, what, summaries (arrays of one entry a promise; amounts in its
-- currency; what and summaries NULL where nothing is to be told); instalments, instalment_states, instalment_paid (arrays of
-- one entry an instalment); today (date); at (moment). Rows: one a state, with how many promises came to it.
WITH decided AS (
    SELECT *
    FROM unnest(
        %(ids)s::bigint[], %(versions)s::integer[], %(states)s::text[], %(paid)s::numeric[], %(needed)s::numeric[],
        %(promised_on)s::date[], %(what)s::text[], %(summaries)s::text[]
    ) AS given (id, version, state, paid, needed, promised_on, what, summary)
),
locked AS (
    SELECT promise.id, promise.state AS was
    FROM promise
    INNER JOIN decided ON decided.id = promise.id AND decided.version = promise.version
    ORDER BY promise.id
    FOR NO KEY UPDATE OF promise
),
ended AS (
    UPDATE promise
    SET
        state = decided.state,
        settled_on = CASE
            WHEN decided.state = 'running' THEN NULL WHEN decided.state = promise.state THEN promise.settled_on ELSE %(today)s::date
        END,
        promised_on = decided.promised_on,
        paid_amount = decided.paid,
        needed_amount = decided.needed,
        version = promise.version + CASE WHEN decided.what IS NULL THEN 0 ELSE 1 END
    FROM decided
    INNER JOIN locked ON locked.id = decided.id
    WHERE promise.id = decided.id AND promise.version = decided.version AND promise.state = locked.was
    RETURNING promise.*
),
freed AS (
    UPDATE promised_invoice
    SET is_running = (ended.state = 'running')
    FROM ended
    WHERE promised_invoice.promise_id = ended.id AND promised_invoice.is_running <> (ended.state = 'running')
    RETURNING promised_invoice.id
),
parts AS (
    UPDATE promise_instalment AS instalment
    SET
        state = given.state,
        paid_amount = given.paid,
        settled_on = CASE
            WHEN given.state = 'running' THEN NULL WHEN given.state = instalment.state THEN instalment.settled_on
            ELSE %(today)s::date
        END
    FROM ended, unnest(
        %(instalments)s::bigint[], %(instalment_states)s::text[], %(instalment_paid)s::numeric[]
    ) AS given (id, state, paid)
    WHERE instalment.id = given.id AND instalment.promise_id = ended.id
        AND (instalment.state, instalment.paid_amount) IS DISTINCT FROM (given.state, given.paid)
    RETURNING instalment.id
),
told AS (
    INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
    SELECT
        ended.company_id,
        ended.customer_id,
        NULL,
        %(at)s,
        'promise.' || decided.what,
        decided.summary,
        jsonb_build_object('promise', ended.id, 'paid', ended.paid_amount::text)
    FROM ended
    INNER JOIN decided ON decided.id = ended.id
    WHERE decided.what IS NOT NULL
    RETURNING id
)
SELECT ended.state, count(*)::integer AS promises
FROM ended
INNER JOIN decided ON decided.id = ended.id
WHERE decided.what IS NOT NULL
GROUP BY ended.state
