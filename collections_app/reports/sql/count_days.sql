-- Goes on from take_days: how many invoices took how many days. Rows: one a currency, kind and number of days.
SELECT currency, what, days, count(*) AS count, sum(amount) AS amount
FROM counted JOIN placed USING (customer_id)
GROUP BY currency, what, days
