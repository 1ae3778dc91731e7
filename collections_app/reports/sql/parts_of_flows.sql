-- Goes on from follow_flows: ``part``, what came and went of each customer by month: of older months only what was invoiced.
-- Parameters: those of follow_flows; whole_since (the first day of the months of which all is told).
-- Rows: one a customer, currency, month and field of Flow, which are in the order of that class.
, part AS (
    SELECT customer_id, 'flows' AS name, currency, month * 10 + place AS key, count, coalesce(told.amount, 0) AS amount
    FROM (
        SELECT customer_id, currency, (date_part('year', on_day) * 12 + date_part('month', on_day))::integer - 1 AS month,
            min(on_day) >= %(whole_since)s AS is_whole, count(*) AS count, sum(invoiced) AS invoiced, sum(credited) AS credited,
            sum(received) AS received, sum(settled) AS settled, sum(settled_by_credit) AS settled_by_credit, sum(paid) AS paid,
            sum(paid_due) AS paid_due, sum(paid_days) AS paid_days, sum(late_days) AS late_days
        FROM flow JOIN placed USING (customer_id)
        GROUP BY customer_id, currency, month
    ) AS summed
    CROSS JOIN LATERAL (
        VALUES (0, invoiced), (1, credited), (2, received), (3, settled), (4, settled_by_credit), (5, paid), (6, paid_due),
            (7, paid_days), (8, late_days)
    ) AS told (place, amount)
    WHERE place = 0 OR (is_whole AND told.amount IS NOT NULL)
)
