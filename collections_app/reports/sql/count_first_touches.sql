-- Goes on from touch_first: how many days after their due date invoices were first touched. ``untouched`` are those still open at the
-- end of the period with no touch yet: their days so far. Rows: one a kind and number of days.
SELECT CASE WHEN on_day IS NULL THEN 'untouched' ELSE 'touched' END AS what,
    coalesce(on_day, %(day)s) - due_on AS days, collector, count(*) AS count
FROM first_touch JOIN placed USING (customer_id)
WHERE on_day IS NOT NULL OR settled_on IS NULL OR settled_on > %(day)s
GROUP BY what, days, collector
