-- Goes on from roll_cohorts: each amount by the month in which its invoice fell due, whether that was by the last day of which
-- every step is over, and how many of the steps were over when it was settled (-1 for what fell due): one key, as
-- rules.measure_parts reads it. parts_of_cohorts keeps it of each customer, and sum_cohorts adds it up.
-- Parameters: those of roll_cohorts, steps (days past due, an array in order), and whole_until (a due day).
-- Rows: one an amount.
, stepped AS (
    SELECT customer_id, currency, is_disputed, amount,
        ((date_part('year', due_on) * 12 + date_part('month', due_on))::integer - 1) * 20 + (due_on <= %(whole_until)s)::integer * 10
            + coalesce(width_bucket(after_days - 1, %(steps)s::integer[]), -1) + 1 AS key
    FROM moved JOIN placed USING (customer_id)
)
