-- Goes on from step_cohorts: what fell due in each month and what was settled of it once so many of the steps were over, so that what
-- is unpaid at a step is all up to it; and what of that was or is contested.
-- Parameters: those of step_cohorts.
-- Rows: one a currency and key, and another where something of it was contested.
SELECT told.name, currency, key, sum(told.count)::bigint AS count, sum(told.amount) AS amount
FROM (
    SELECT currency, key, is_disputed, count(*) AS count, sum(amount) AS amount FROM stepped GROUP BY currency, key, is_disputed
) AS summed
CROSS JOIN LATERAL (
    SELECT 'cohort' AS name, summed.count, summed.amount
    UNION ALL
    SELECT 'cohort_in_dispute', summed.count, summed.amount WHERE is_disputed
) AS told
GROUP BY told.name, currency, key
