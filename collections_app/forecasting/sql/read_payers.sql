-- Goes on from read_payers_items: how customers paid so far, one row a customer, in arrays, with what is known of their habits,
-- word and segment. Rows: one a customer with an invoice; 300,000 invoices of 10,000 customers in about two seconds.
, by_begun AS (
    SELECT customer_id, array_agg(days) AS begun_days, array_agg(weight) AS begun_weights
    FROM (SELECT customer_id, begun AS days, sum(weight) AS weight FROM item GROUP BY customer_id, begun) AS of_day
    GROUP BY customer_id
),
by_ended AS (
    SELECT customer_id, array_agg(days) AS ended_days, array_agg(weight) AS ended_weights,
        array_agg(days) FILTER (WHERE count > 0) AS paid_days, array_agg(paid) FILTER (WHERE count > 0) AS paid_weights,
        array_agg(count) FILTER (WHERE count > 0) AS paid_counts
    FROM (
        SELECT customer_id, ended AS days, sum(weight) AS weight, sum(weight) FILTER (WHERE is_paid) AS paid,
            (count(*) FILTER (WHERE is_paid))::integer AS count
        FROM item GROUP BY customer_id, ended
    ) AS of_day
    GROUP BY customer_id
),
-- Weekdays count from 0; the first of January 2001 was a Monday.
by_weekday AS (
    SELECT customer_id, array_agg(weekday) AS weekdays, array_agg(weight) AS weekday_weights, sum(weight) AS paid,
        sum(on_pay_day) AS paid_on_pay_day
    FROM (
        SELECT item.customer_id, (settled_on - '2001-01-01'::date) %% 7 AS weekday, sum(weight) AS weight,
            coalesce(sum(weight) FILTER (WHERE date_part('day', settled_on) = habit.pay_day_of_month), 0) AS on_pay_day
        FROM item LEFT JOIN pay_habit AS habit ON habit.customer_id = item.customer_id
        WHERE is_paid GROUP BY item.customer_id, (settled_on - '2001-01-01'::date) %% 7
    ) AS of_weekday
    GROUP BY customer_id
)
SELECT e.customer_id, begun_days, begun_weights, ended_days, ended_weights, paid_days, paid_weights, paid_counts,
    weekdays, weekday_weights, coalesce(paid, 0) AS paid, coalesce(paid_on_pay_day, 0) AS paid_on_pay_day,
    coalesce(s.code, '') AS segment_code, coalesce(h.settled_count, 0) AS settled_count, h.median_days_late, h.pay_weekday,
    h.pay_day_of_month, coalesce(h.promises_kept, 0) AS promises_kept, coalesce(h.promises_due, 0) AS promises_due
FROM by_ended AS e
JOIN by_begun USING (customer_id)
LEFT JOIN by_weekday USING (customer_id)
LEFT JOIN pay_habit AS h ON h.customer_id = e.customer_id
LEFT JOIN customer_assignment AS a ON a.customer_id = e.customer_id
LEFT JOIN segment AS s ON s.id = a.segment_id
