-- Keeps what a frozen forecast expects of each customer in its first week: the expected payments of the same night, added up.
-- by_week is in thousandths, its first place the week that is left. Parameters: forecast (id), company.
-- Relies on expected_payment_by_customer. Rows: one a customer and currency of whom something is expected, thousands a week.
INSERT INTO forecast_customer (forecast_id, customer_id, currency, expected)
SELECT %(forecast)s, customer_id, currency, sum(by_week[1])::numeric / 1000
FROM expected_payment
WHERE company_id = %(company)s
GROUP BY customer_id, currency
HAVING sum(by_week[1]) > 0
ON CONFLICT DO NOTHING
