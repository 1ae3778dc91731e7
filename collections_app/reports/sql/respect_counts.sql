-- Goes on from respect_items: how many of each kind in each month, and how many of them were as they should be. Rows: six a month.
SELECT kind, date_trunc('month', on_day)::date AS month, count(*) AS number, count(*) FILTER (WHERE is_good) AS good
FROM items GROUP BY kind, date_trunc('month', on_day) ORDER BY kind, month
