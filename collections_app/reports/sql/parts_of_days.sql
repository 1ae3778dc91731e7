-- Goes on from take_days: ``part``, how many invoices of each customer took how many days, and what is open of what was posted in a
-- month, which counts from year 0.
-- Parameters: those of take_days. Rows: one a customer, currency, kind and number of days; one a month with something open.
, part AS (
    SELECT customer_id, what AS name, currency, days AS key, count(*) AS count, sum(amount) AS amount
    FROM counted JOIN placed USING (customer_id)
    GROUP BY customer_id, what, currency, days
    UNION ALL
    SELECT customer_id, 'open_by_month', currency,
        (date_part('year', posted_on) * 12 + date_part('month', posted_on))::integer - 1 AS month, count(*), sum(amount)
    FROM item JOIN placed USING (customer_id)
    WHERE part = 'aged'
    GROUP BY customer_id, currency, month
)
