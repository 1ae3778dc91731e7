-- Promises that fell due until a day, by currency: how many, how many were kept in their grace, what was promised and what
-- came within the grace. What counts stands in the database's fallen_promises, which the habits of customers are read from
-- too; the formulas stand in rules/promise_rates.
-- Parameters: company (id); customers (array of ids, NULL for all); day, since (dates; the grace ended before the one and
-- not before the other). Amounts in the currency of the row.
-- Relies on promise_ended_by_day or promise_by_customer, and the index of promise_instalment on its promise.
-- Rows: one a currency.
SELECT
    currency,
    count(*)::integer AS count,
    (count(*) FILTER (WHERE is_kept))::integer AS kept,
    sum(promised) AS promised,
    sum(received) AS received
FROM fallen_promises(%(company)s, %(day)s::date)
WHERE grace_ends_on >= %(since)s
    AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
GROUP BY currency
ORDER BY currency
