-- Ends running promises as the rule decided, frees their invoices for a new one, and writes one event each.
-- A promise that ended meanwhile is left alone, so running it twice at once has one effect.
-- Parameters: ids, states, paid, summaries (arrays of equal length; paid in the promise's currency); today (date); at (moment).
-- Rows: one a promise that ended.
WITH decided AS (
    SELECT *
    FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(paid)s::numeric[], %(summaries)s::text[])
        AS given (id, state, paid, summary)
),
ended AS (
    UPDATE promise
    SET state = decided.state, settled_on = %(today)s, paid_amount = decided.paid
    FROM decided
    WHERE promise.id = decided.id AND promise.state = 'running'
    RETURNING promise.*
),
freed AS (
    UPDATE promised_invoice
    SET is_running = false
    FROM ended
    WHERE promised_invoice.promise_id = ended.id
    RETURNING promised_invoice.id
)
INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
SELECT
    ended.company_id,
    ended.customer_id,
    NULL,
    %(at)s,
    'promise.' || ended.state,
    decided.summary,
    jsonb_build_object('promise', ended.id, 'paid', ended.paid_amount::text)
FROM ended
INNER JOIN decided ON decided.id = ended.id
