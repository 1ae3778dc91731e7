-- What is asked in several statements about promises and disputes as they stood on a day, said once.

-- What of one line of a promise is still promised at the end of a day: what there was to pay of its invoice when it was made,
-- less what was credited or had been paid before, and no more than its part; less the money that came for it since. Money that
-- went back by then counts nowhere, nor what is in force only later, with its credit or receipt. What is disputed of the
-- invoice is the caller's to take off. sum_promise_payments counts the same, by the days of each instalment. Looked up by
-- indexes, however the caller joins.
CREATE FUNCTION still_promised(line bigint, day date) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE SET enable_nestloop TO on
AS $$
    SELECT greatest(least(promised.amount, invoice.open_amount + since.effect - since.gone) - since.came, 0)
    FROM promised_invoice AS promised
    JOIN promise ON promise.id = promised.promise_id
    JOIN company ON company.id = promise.company_id
    JOIN invoice ON invoice.id = promised.invoice_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(effect), 0) AS effect,
            coalesce(sum(effect) FILTER (WHERE stands AND (is_credit OR posted_on < made_on)), 0) AS gone,
            coalesce(sum(effect) FILTER (WHERE stands AND NOT is_credit AND posted_on >= made_on), 0) AS came
        FROM (
            SELECT part.effect, part.posted_on, part.basis = 'credit_note' AS is_credit,
                (promise.recorded_at AT TIME ZONE company.time_zone)::date AS made_on,
                greatest(part.posted_on, credit.posted_on, payment.posted_on) <= $2 AND part.reverses_id IS NULL
                AND NOT EXISTS (
                    SELECT FROM allocation AS undoing WHERE undoing.reverses_id = part.id AND undoing.posted_on <= $2
                ) AS stands
            FROM allocation AS part
            LEFT JOIN invoice AS credit ON credit.id = part.credit_note_id
            LEFT JOIN payment ON payment.id = part.payment_id
            WHERE part.invoice_id = promised.invoice_id AND part.recorded_at > promise.recorded_at
        ) AS part
    ) AS since
    WHERE promised.id = $1
$$;

-- The promises of a company that have fallen due by a day: their day and their grace have passed. Kept is what was kept in
-- its grace; replaced after its day counts as broken. One that was replaced before it, withdrawn, credited or paid before it
-- was made counts neither way. rules/promise_rates tells the same in words.
CREATE FUNCTION fallen_promises(company bigint, day date) RETURNS TABLE (
    promise_id bigint, customer_id bigint, currency varchar, grace_ends_on date, is_kept boolean, promised numeric,
    received numeric
)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT promise.id, promise.customer_id, promise.currency, instalment.grace_ends_on,
        promise.state IN ('kept', 'kept_late'), coalesce(promise.needed_amount, promise.amount),
        least(promise.paid_amount, coalesce(promise.needed_amount, promise.amount))
    FROM promise
    JOIN promise_instalment AS instalment
        ON instalment.promise_id = promise.id AND instalment.promised_on = promise.promised_on
    WHERE promise.company_id = $1 AND promise.settled_on <= $2 AND instalment.grace_ends_on < $2
        AND (
            promise.state IN ('kept', 'kept_late', 'partly_kept', 'broken')
            OR (promise.state = 'replaced' AND promise.settled_on > instalment.due_on)
        )
$$;

-- What a dispute was about just before a moment: its amount may have been changed since. Give the amount of now.
CREATE FUNCTION disputed_before(dispute bigint, amount numeric, moment timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT coalesce((
        SELECT was FROM dispute_amount AS earlier
        WHERE earlier.dispute_id = $1 AND earlier.until >= $3
        ORDER BY earlier.until, earlier.id LIMIT 1
    ), $2)
$$;
