-- Goes on from respect_items: how many of each kind in each month, and how many of them were as they should be; by day first, of which
-- there are few. Rows: six a month.
SELECT kind, date_trunc('month', on_day)::date AS month, sum(number)::bigint AS number, sum(good)::bigint AS good
FROM (
    SELECT kind, on_day, count(*) AS number, count(*) FILTER (WHERE is_good) AS good FROM items GROUP BY kind, on_day
) AS by_day
GROUP BY kind, month ORDER BY kind, month
