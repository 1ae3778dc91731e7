-- What was paid for each running promise of a company, so that the rule can say how it stands; and for each that was
-- settled when something of its invoices came to light since: what was returned keeps nothing, what came in time does.
-- An allocation belongs to one promise at most: the last one of its invoice that was made before we learned of it, on or
-- before the day of the money, and was not taken back by somebody. One that was undone until today is left out, whenever
-- it came. What was credited, or paid before the day the promise was made, lessens what it needs; so does what is disputed,
-- which stands apart, as of today or the end of the grace. Each invoice counts up to its own part, so that too much on one does not pay for another.
-- Only what was promised and in force until today counts, its credit or receipt too, which may be a past day.
-- Parameters: company (id); customers (array of ids, NULL for all); zone (IANA name); today, returns_since (dates);
-- held (states). Amounts in the promise's currency.
-- Relies on promise_running_by_customer, promise_by_customer, promise_ended_by_day, and the indexes of promised_invoice,
-- allocation and dispute on their invoice, of allocation on what it undoes, of promise_instalment on its promise.
-- Rows: one an instalment of a judged promise, some hundreds to some thousands; in order of promise and number.
WITH judged AS MATERIALIZED (
    SELECT promise.*, (promise.recorded_at AT TIME ZONE %(zone)s)::date AS made_on
    FROM promise
    WHERE promise.company_id = %(company)s AND promise.state = 'running'
        AND (%(customers)s::bigint[] IS NULL OR promise.customer_id = ANY(%(customers)s::bigint[]))
        AND promise.recorded_at < ((%(today)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    UNION ALL
    SELECT promise.*, (promise.recorded_at AT TIME ZONE %(zone)s)::date AS made_on
    FROM promise
    WHERE promise.company_id = %(company)s AND promise.state = ANY(%(held)s::text[])
        AND (%(customers)s::bigint[] IS NULL OR promise.customer_id = ANY(%(customers)s::bigint[]))
        AND promise.settled_on BETWEEN %(returns_since)s AND %(today)s
        AND EXISTS (
            SELECT FROM promised_invoice
            INNER JOIN allocation ON allocation.invoice_id = promised_invoice.invoice_id
            WHERE promised_invoice.promise_id = promise.id AND allocation.posted_on <= %(today)s
                AND allocation.recorded_at >= (promise.settled_on::timestamp AT TIME ZONE %(zone)s)
        )
),
line AS MATERIALIZED (
    SELECT
        judged.id AS promise_id,
        promised_invoice.id AS line_id,
        promised_invoice.invoice_id,
        promised_invoice.amount,
        judged.recorded_at,
        judged.made_on,
        judged.settled_on,
        later.recorded_at AS taken_at,
        (later.recorded_at AT TIME ZONE %(zone)s)::date AS taken_on,
        invoice.open_amount + coalesce((
            SELECT sum(allocation.effect) FROM allocation
            WHERE allocation.invoice_id = invoice.id AND allocation.recorded_at > judged.recorded_at
        ), 0) AS was_open,
        later.recorded_at IS NOT NULL OR EXISTS (
            SELECT FROM promised_invoice AS anew
            WHERE anew.invoice_id = invoice.id AND anew.is_running AND anew.promise_id <> judged.id
        ) AS is_promised_anew
    FROM judged
    INNER JOIN promised_invoice ON promised_invoice.promise_id = judged.id
    INNER JOIN invoice ON invoice.id = promised_invoice.invoice_id
    LEFT JOIN LATERAL (
        SELECT promise.recorded_at
        FROM promised_invoice AS other
        INNER JOIN promise ON promise.id = other.promise_id
        WHERE other.invoice_id = promised_invoice.invoice_id
            AND NOT (promise.state = 'withdrawn' AND promise.ended_by_id IS NOT NULL)
            AND (promise.recorded_at, promise.id) > (judged.recorded_at, judged.id)
            AND promise.recorded_at < ((%(today)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
        ORDER BY promise.recorded_at, promise.id
        LIMIT 1
    ) AS later ON true
),
-- A few rows an invoice, each found by the index: no plan for all of them at once is as sure, whatever is known of them.
counted AS (
    SELECT
        line.promise_id,
        instalment.id AS instalment_id,
        line.amount,
        line.is_promised_anew,
        line.was_open - came.gone AS left_open,
        contested.amount AS disputed,
        came.by_due,
        came.by_grace,
        came.stayed
    FROM line
    INNER JOIN promise_instalment AS instalment ON instalment.promise_id = line.promise_id
    CROSS JOIN LATERAL (
        SELECT
            coalesce(sum(effect) FILTER (
                WHERE posted_on < line.made_on
                    OR (basis IN ('credit_note', 'write_off') AND posted_on <= instalment.grace_ends_on)
            ), 0) AS gone,
            coalesce(sum(effect) FILTER (WHERE is_own AND posted_on <= instalment.due_on), 0) AS by_due,
            coalesce(sum(effect) FILTER (WHERE is_own AND posted_on <= instalment.grace_ends_on), 0) AS by_grace,
            coalesce(sum(effect) FILTER (WHERE is_own), 0) AS stayed
        FROM (
            SELECT
                allocation.effect,
                allocation.basis,
                allocation.posted_on,
                allocation.basis NOT IN ('credit_note', 'write_off') AND allocation.posted_on >= line.made_on
                AND NOT coalesce(allocation.recorded_at > line.taken_at AND allocation.posted_on >= line.taken_on, false) AS is_own
            FROM allocation
            LEFT JOIN invoice AS credit ON credit.id = allocation.credit_note_id
            LEFT JOIN payment ON payment.id = allocation.payment_id
            LEFT JOIN allocation AS undoing ON undoing.reverses_id = allocation.id AND undoing.posted_on <= %(today)s
            WHERE allocation.invoice_id = line.invoice_id AND allocation.recorded_at > line.recorded_at
                AND greatest(allocation.posted_on, credit.posted_on, payment.posted_on) <= %(today)s
                AND allocation.reverses_id IS NULL AND undoing.id IS NULL
        ) AS standing
    ) AS came
    CROSS JOIN LATERAL (
        SELECT (least(%(today)s, instalment.grace_ends_on, line.settled_on) + 1)::timestamp AT TIME ZONE %(zone)s AS ends_at
    ) AS day
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(disputed_before(dispute.id, dispute.amount, day.ends_at)), 0) AS amount
        FROM dispute
        WHERE dispute.invoice_id = line.invoice_id AND dispute.lodged_at < day.ends_at
            AND (dispute.closed_at IS NULL OR dispute.closed_at >= day.ends_at)
    ) AS contested
),
needed AS (
    SELECT
        counted.*,
        greatest(least(amount, left_open), 0) AS needed_whole,
        greatest(least(amount, left_open - disputed), 0) AS needed_now
    FROM counted
)
SELECT
    judged.id AS promise_id,
    judged.state,
    judged.version,
    judged.currency,
    judged.amount AS promised,
    judged.kept_share,
    judged.paid_amount AS paid,
    judged.needed_amount AS needed,
    instalment.id AS instalment_id,
    instalment.state AS instalment_state,
    instalment.amount,
    instalment.promised_on,
    instalment.due_on,
    instalment.grace_ends_on,
    bool_or(needed.is_promised_anew) AS is_promised_anew,
    sum(needed.needed_whole) AS needed_whole,
    sum(greatest(least(needed.by_due, needed.stayed, needed.needed_whole), 0)) AS by_due_whole,
    sum(greatest(least(needed.by_grace, needed.stayed, needed.needed_whole), 0)) AS by_grace_whole,
    sum(needed.needed_now) AS needed_now,
    sum(greatest(least(needed.by_due, needed.stayed, needed.needed_now), 0)) AS by_due,
    sum(greatest(least(needed.by_grace, needed.stayed, needed.needed_now), 0)) AS by_grace
FROM needed
INNER JOIN judged ON judged.id = needed.promise_id
INNER JOIN promise_instalment AS instalment ON instalment.id = needed.instalment_id
GROUP BY
    judged.id, judged.state, judged.version, judged.currency, judged.amount, judged.kept_share, judged.paid_amount,
    judged.needed_amount, instalment.id, instalment.state, instalment.amount, instalment.promised_on, instalment.due_on,
    instalment.grace_ends_on, instalment.number
ORDER BY judged.id, instalment.number
