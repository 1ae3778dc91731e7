-- Promises that fell due until a day, by currency: how many, how many were kept in their grace, what was promised and what
-- came within the grace. The formulas and what counts stand in rules/promise_rates.
-- Parameters: company (id); customers (array of ids, NULL for all); day, since (dates; the grace ended before the one and
-- not before the other); zone (IANA name); kept, counted, replaced (states). Amounts in the currency of the row.
-- Relies on promise_ended_by_day or promise_by_customer, and the index of promise_instalment on its promise.
-- Rows: one a currency.
SELECT
    promise.currency,
    count(*)::integer AS count,
    (count(*) FILTER (WHERE promise.state = ANY(%(kept)s::text[])))::integer AS kept,
    sum(coalesce(promise.needed_amount, promise.amount)) AS promised,
    sum(least(promise.paid_amount, coalesce(promise.needed_amount, promise.amount))) AS received
FROM promise
INNER JOIN promise_instalment AS instalment
    ON instalment.promise_id = promise.id AND instalment.promised_on = promise.promised_on
WHERE promise.company_id = %(company)s
    AND (%(customers)s::bigint[] IS NULL OR promise.customer_id = ANY(%(customers)s::bigint[]))
    AND promise.recorded_at < ((%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    AND promise.settled_on <= %(day)s
    AND instalment.grace_ends_on < %(day)s AND instalment.grace_ends_on >= %(since)s
    AND (
        promise.state = ANY(%(counted)s::text[])
        OR (promise.state = %(replaced)s AND promise.settled_on > instalment.due_on)
    )
GROUP BY promise.currency
ORDER BY promise.currency
