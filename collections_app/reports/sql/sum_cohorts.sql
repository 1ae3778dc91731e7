-- Goes on from roll_cohorts: what was still unpaid of a cohort when it was so many days past due, for each of the given days;
-- disputed is what of it was or is contested.
-- Parameters: those of roll_cohorts, and steps (days past due, an array).
-- Rows: one a currency and step.
SELECT currency, step,
    coalesce(sum(amount) FILTER (WHERE after_days IS NULL OR after_days <= step), 0) AS unpaid,
    coalesce(sum(amount) FILTER (WHERE is_disputed AND (after_days IS NULL OR after_days <= step)), 0) AS disputed
FROM moved JOIN placed USING (customer_id), unnest(%(steps)s::integer[]) AS step
GROUP BY currency, step
ORDER BY currency, step
