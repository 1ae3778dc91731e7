-- Goes on from place_customers: what is open at the end of a day of the sales of each month, for days weighted by sales.
-- Parameters: those of place_customers.
-- Rows: one a currency and month of posting.
SELECT date_trunc('month', posted_on)::date AS month, currency, sum(amount) AS open
FROM item JOIN placed USING (customer_id)
WHERE part = 'aged'
GROUP BY month, currency
