-- Ends promises as the rule decided (or has them run again), frees their invoices for a new one, and writes one event each.
-- Promises are locked first and by id, then their lines, as every other writer does. One that is no longer as the rule saw
-- it is left alone, so running it twice at once has one effect.
-- Parameters: ids, were, states, paid, what, summaries (arrays of equal length; paid in the promise's currency); today (date);
-- at (moment). Rows: one a promise that changed.
WITH decided AS (
    SELECT *
    FROM unnest(
        %(ids)s::bigint[], %(were)s::text[], %(states)s::text[], %(paid)s::numeric[], %(what)s::text[], %(summaries)s::text[]
    ) AS given (id, was, state, paid, what, summary)
),
locked AS (
    SELECT promise.id
    FROM promise
    INNER JOIN decided ON decided.id = promise.id AND decided.was = promise.state
    ORDER BY promise.id
    FOR NO KEY UPDATE OF promise
),
ended AS (
    UPDATE promise
    SET
        state = decided.state,
        settled_on = CASE WHEN decided.state <> 'running' THEN %(today)s::date END,
        paid_amount = decided.paid
    FROM decided
    INNER JOIN locked ON locked.id = decided.id
    WHERE promise.id = decided.id AND promise.state = decided.was
    RETURNING promise.*
),
freed AS (
    UPDATE promised_invoice
    SET is_running = (ended.state = 'running')
    FROM ended
    WHERE promised_invoice.promise_id = ended.id AND promised_invoice.is_running <> (ended.state = 'running')
    RETURNING promised_invoice.id
)
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
