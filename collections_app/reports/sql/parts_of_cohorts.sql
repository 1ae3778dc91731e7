-- Goes on from roll_cohorts: ``part``, what of each customer fell due (-1) and what was settled of it once so many of the steps were
-- over, so that what is unpaid at a step is all up to it; and what of that was or is contested.
-- Parameters: those of roll_cohorts, and steps (days past due, an array in order).
-- Rows: one a customer, currency and step.
, part AS (
    SELECT customer_id, told.name, currency, key, count(*) AS count, sum(amount) AS amount
    FROM (
        SELECT customer_id, currency, is_disputed, amount, coalesce(width_bucket(after_days - 1, %(steps)s::integer[]), -1) AS key
        FROM moved
    ) AS stepped
    JOIN placed USING (customer_id)
    CROSS JOIN LATERAL (SELECT 'cohort' AS name UNION ALL SELECT 'cohort_in_dispute' WHERE is_disputed) AS told
    GROUP BY customer_id, told.name, currency, key
)
