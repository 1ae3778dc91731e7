-- Goes on from touch_first: ``part``, how many days after their due date invoices of each customer were first touched, as
-- count_first_touches tells them. Parameters: those of touch_first. Rows: one a customer, kind and number of days.
, part AS (
    SELECT customer_id, CASE WHEN on_day IS NULL THEN 'untouched' ELSE 'touched' END AS name, '' AS currency,
        coalesce(on_day, %(day)s) - due_on AS key, count(*) AS count, 0::numeric AS amount
    FROM first_touch JOIN placed USING (customer_id)
    WHERE on_day IS NOT NULL OR settled_on IS NULL OR settled_on > %(day)s
    GROUP BY customer_id, 2, 4
)
