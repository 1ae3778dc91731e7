-- Goes on from step_cohorts: ``part``, what of each customer fell due in a month and what was settled of it once so many of the
-- steps were over, so that what is unpaid at a step is all up to it; and what of that was or is contested.
-- Parameters: those of step_cohorts.
-- Rows: one a customer, currency and key.
, part AS (
    SELECT customer_id, told.name, currency, key, count(*) AS count, sum(amount) AS amount
    FROM stepped
    CROSS JOIN LATERAL (SELECT 'cohort' AS name UNION ALL SELECT 'cohort_in_dispute' WHERE is_disputed) AS told
    GROUP BY customer_id, told.name, currency, key
)
