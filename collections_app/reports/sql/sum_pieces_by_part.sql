-- Goes on from a statement of pieces that tells a part of each: what they come to by currency, part and the month or week of their
-- day. Parameters beside those: step ('month' or 'week'). Rows: one of each.
SELECT currency, date_trunc(%(step)s, on_day)::date AS first, part, sum(amount) AS amount, count(*) AS number
FROM piece
GROUP BY currency, first, part
ORDER BY currency, first, part
