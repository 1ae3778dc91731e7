-- What was paid for each running promise of a company, so that the rule can say how it stands.
-- Counted are allocations that we learned of after the promise was recorded. What was credited, or paid before the day
-- the promise was made, lessens what it needs; the rest of the payments count up to the day that keeps it, and up to the
-- end of the grace. Each invoice counts up to its own line, so that too much on one does not pay for another.
-- Parameters: company (id); zone (IANA name); promised_on, due_on, grace_ends_on (arrays of dates of equal length).
-- Relies on promise_running_by_customer, and the index of allocation on its invoice.
-- Rows: one a running promise, some hundreds to some thousands.
WITH last_days AS (
    SELECT *
    FROM unnest(%(promised_on)s::date[], %(due_on)s::date[], %(grace_ends_on)s::date[])
        AS days (promised_on, due_on, grace_ends_on)
),
line AS (
    SELECT
        promise.id AS promise_id,
        promise.promised_on,
        promise.currency,
        promise.amount AS promised,
        promised_invoice.amount,
        invoice.open_amount + coalesce(sum(allocation.effect), 0) AS was_open,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis = 'credit_note'
            OR allocation.posted_on < (promise.recorded_at AT TIME ZONE %(zone)s)::date
        ), 0) AS lessened,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis <> 'credit_note'
            AND allocation.posted_on BETWEEN (promise.recorded_at AT TIME ZONE %(zone)s)::date AND last_days.due_on
        ), 0) AS by_due,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis <> 'credit_note'
            AND allocation.posted_on BETWEEN (promise.recorded_at AT TIME ZONE %(zone)s)::date AND last_days.grace_ends_on
        ), 0) AS by_grace
    FROM promise
    INNER JOIN last_days ON last_days.promised_on = promise.promised_on
    INNER JOIN promised_invoice ON promised_invoice.promise_id = promise.id
    INNER JOIN invoice ON invoice.id = promised_invoice.invoice_id
    LEFT JOIN allocation
        ON allocation.invoice_id = promised_invoice.invoice_id
        AND allocation.recorded_at > promise.recorded_at
    WHERE promise.company_id = %(company)s AND promise.state = 'running'
    GROUP BY promise.id, promised_invoice.id, invoice.id
),
need AS (
    SELECT line.*, greatest(least(amount, was_open - lessened), 0) AS needed
    FROM line
)
SELECT
    promise_id,
    promised_on,
    currency,
    promised AS amount,
    sum(needed) AS needed,
    sum(greatest(least(by_due, needed), 0)) AS by_due,
    sum(greatest(least(by_grace, needed), 0)) AS by_grace
FROM need
GROUP BY promise_id, promised_on, currency, promised
ORDER BY promise_id
