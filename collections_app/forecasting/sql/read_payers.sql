-- Goes on from read_payers_items: how customers paid so far, in whole columns: what stands at each distance of each customer
-- (cell_...), and of each customer the weight paid by weekday with what is known of their habits, word and segment.
-- Rows: one, of arrays as text; those of cells are as long as each other, and so are those of customers.
, cell AS (
    SELECT customer_id, day, sum(begun) AS begun, sum(ended) AS ended, sum(paid) AS paid, sum(count) AS count
    FROM (
        SELECT customer_id, begun AS day, weight AS begun, 0::float8 AS ended, 0::float8 AS paid, 0 AS count FROM item
        UNION ALL
        SELECT customer_id, ended, 0, weight, CASE WHEN is_paid THEN weight ELSE 0 END, CASE WHEN is_paid THEN 1 ELSE 0 END
        FROM item
    ) AS of_invoice
    GROUP BY customer_id, day
),
cells AS (
    SELECT array_agg(customer_id)::text AS cell_customers, array_agg(day)::text AS cell_days, array_agg(begun)::text AS begun,
        array_agg(ended)::text AS ended, array_agg(paid)::text AS paid, array_agg(count)::text AS counts
    FROM cell
),
-- Weekdays count from 0; the first of January 2001 was a Monday.
payer AS (
    SELECT customer_id, ARRAY[
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 0), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 1), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 2), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 3), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 4), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 5), 0),
            coalesce(sum(weight) FILTER (WHERE is_paid AND (settled_on - '2001-01-01'::date) %% 7 = 6), 0)
        ] AS weekdays,
        coalesce(sum(weight) FILTER (WHERE is_paid AND date_part('day', settled_on) = pay_day_of_month), 0) AS on_pay_day
    FROM item LEFT JOIN pay_habit USING (customer_id)
    GROUP BY customer_id
),
payers AS (
    SELECT array_agg(customer_id)::text AS customers, array_agg(weekdays)::text AS weekdays,
        array_agg(on_pay_day)::text AS paid_on_pay_day, array_agg(coalesce(segment_id, 0))::text AS segments,
        array_agg(median_days_late)::text AS medians, array_agg(coalesce(pay_weekday, 0))::text AS pay_weekdays,
        array_agg(coalesce(pay_day_of_month, 0))::text AS pay_days,
        array_agg(coalesce(promises_kept, 0))::text AS promises_kept, array_agg(coalesce(promises_due, 0))::text AS promises_due
    FROM payer
    LEFT JOIN pay_habit USING (customer_id)
    LEFT JOIN customer_assignment USING (customer_id)
)
SELECT cells.*, payers.* FROM cells CROSS JOIN payers
