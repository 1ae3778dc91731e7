-- What was paid for each running promise of a company, so that the rule can say how it stands; and for each that was kept
-- (wholly, late or partly) when something set against its invoices was undone since: what was returned keeps nothing.
-- Counted are allocations that we learned of after the promise was recorded. What was credited, or paid before the day
-- the promise was made, lessens what it needs; the rest of the payments count up to the day that keeps it, and up to the
-- end of the grace. Each invoice counts up to its own line, so that too much on one does not pay for another.
-- Only what was promised and posted until today counts, which may be a past day.
-- Parameters: company (id); zone (IANA name); today, returns_since (dates); held (states); promised_on, due_on, grace_ends_on (arrays of dates of equal length).
-- Relies on promise_running_by_customer, and the indexes of promised_invoice and allocation on their promise and invoice.
-- Rows: one a running promise, some hundreds to some thousands.
WITH last_days AS (
    SELECT *
    FROM unnest(%(promised_on)s::date[], %(due_on)s::date[], %(grace_ends_on)s::date[])
        AS days (promised_on, due_on, grace_ends_on)
),
judged AS (
    SELECT promise.*
    FROM promise
    WHERE promise.company_id = %(company)s AND promise.state = 'running'
        AND promise.recorded_at < ((%(today)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    UNION ALL
    SELECT promise.*
    FROM promise
    WHERE promise.company_id = %(company)s AND promise.state = ANY(%(held)s::text[])
        AND promise.settled_on BETWEEN %(returns_since)s AND %(today)s
        AND EXISTS (
            SELECT FROM promised_invoice
            INNER JOIN allocation AS undoing ON undoing.invoice_id = promised_invoice.invoice_id
            WHERE promised_invoice.promise_id = promise.id AND undoing.reverses_id IS NOT NULL
                AND undoing.recorded_at > promise.recorded_at AND undoing.posted_on <= %(today)s
        )
),
line AS (
    SELECT
        promise.id AS promise_id,
        promise.state,
        promise.promised_on,
        promise.currency,
        promise.amount AS promised,
        promised_invoice.amount,
        invoice.open_amount + coalesce(sum(allocation.effect), 0) AS was_open,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.posted_on <= %(today)s AND (
                allocation.basis = 'credit_note'
                OR allocation.posted_on < (promise.recorded_at AT TIME ZONE %(zone)s)::date
            )
        ), 0) AS lessened,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis <> 'credit_note'
            AND allocation.posted_on BETWEEN (promise.recorded_at AT TIME ZONE %(zone)s)::date AND least(last_days.due_on, %(today)s)
        ), 0) AS by_due,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis <> 'credit_note'
            AND allocation.posted_on BETWEEN (promise.recorded_at AT TIME ZONE %(zone)s)::date AND least(last_days.grace_ends_on, %(today)s)
        ), 0) AS by_grace,
        coalesce(sum(allocation.effect) FILTER (
            WHERE allocation.basis <> 'credit_note'
            AND allocation.posted_on BETWEEN (promise.recorded_at AT TIME ZONE %(zone)s)::date AND %(today)s
        ), 0) AS stayed,
        EXISTS (
            SELECT FROM promised_invoice AS anew
            WHERE anew.invoice_id = invoice.id AND anew.is_running AND anew.promise_id <> promise.id
        ) AS is_promised_anew
    FROM judged AS promise
    INNER JOIN last_days ON last_days.promised_on = promise.promised_on
    INNER JOIN promised_invoice ON promised_invoice.promise_id = promise.id
    INNER JOIN invoice ON invoice.id = promised_invoice.invoice_id
    LEFT JOIN allocation
        ON allocation.invoice_id = promised_invoice.invoice_id
        AND allocation.recorded_at > promise.recorded_at
    GROUP BY
        promise.id, promise.state, promise.promised_on, promise.currency, promise.amount, promise.recorded_at,
        promised_invoice.id, invoice.id, last_days.due_on, last_days.grace_ends_on
),
need AS (
    SELECT line.*, greatest(least(amount, was_open - lessened), 0) AS needed
    FROM line
)
SELECT
    promise_id,
    state,
    promised_on,
    currency,
    promised AS amount,
    bool_or(is_promised_anew) AS is_promised_anew,
    sum(needed) AS needed,
    sum(greatest(least(by_due, stayed, needed), 0)) AS by_due,
    sum(greatest(least(by_grace, stayed, needed), 0)) AS by_grace
FROM need
GROUP BY promise_id, state, promised_on, currency, promised
ORDER BY promise_id
