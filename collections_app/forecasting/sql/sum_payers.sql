-- Goes on from read_payers_items: the same of all customers of a segment together, for who expects the payments of a range of
-- customers only: a customer pays as their segment and everybody does until more is known of them.
-- Rows: one a segment, figure and distance, at most some thousand.
, placed AS (
    SELECT item.*, coalesce(s.code, '') AS segment_code
    FROM item
    LEFT JOIN customer_assignment AS a ON a.customer_id = item.customer_id
    LEFT JOIN segment AS s ON s.id = a.segment_id
)
SELECT segment_code, 'begun' AS figure, begun AS day, sum(weight) AS weight FROM placed GROUP BY segment_code, begun
UNION ALL
SELECT segment_code, 'ended', ended, sum(weight) FROM placed GROUP BY segment_code, ended
UNION ALL
SELECT segment_code, 'paid', ended, sum(weight) FROM placed WHERE is_paid GROUP BY segment_code, ended
UNION ALL
-- Weekdays count from 0; the first of January 2001 was a Monday.
SELECT segment_code, 'weekday', (settled_on - '2001-01-01'::date) %% 7, sum(weight)
FROM placed WHERE is_paid GROUP BY segment_code, (settled_on - '2001-01-01'::date) %% 7
UNION ALL
SELECT '', figure, 0, promises
FROM (
    SELECT coalesce(sum(promises_kept), 0)::float8 AS kept, coalesce(sum(promises_due), 0)::float8 AS due FROM pay_habit
    WHERE customer_id IN (SELECT customer_id FROM item)
) AS word
CROSS JOIN LATERAL (VALUES ('promises_kept', kept), ('promises_due', due)) AS told (figure, promises)
