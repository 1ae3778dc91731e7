-- Goes on from a statement of pieces: what they come to by currency, and with by_month by the month of their day.
-- Parameters beside those: by_month. Rows: one a currency and month.
SELECT currency, CASE WHEN %(by_month)s THEN date_trunc('month', on_day)::date END AS month, sum(amount) AS amount,
    count(*) AS number
FROM piece
GROUP BY currency, month
ORDER BY currency, month
