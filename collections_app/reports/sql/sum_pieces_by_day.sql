-- Goes on from a statement of pieces: what they come to by currency and day. Rows: one of each.
SELECT currency, on_day AS day, sum(amount) AS amount, count(*) AS number
FROM piece
GROUP BY currency, on_day
ORDER BY currency, on_day
