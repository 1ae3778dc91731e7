-- Keeps what a frozen forecast expects of each invoice in its first week: the expected payments of the same night. both are in
-- thousandths that make whole minor units; the first place of by_week is the week that is left.
-- Parameters: forecast (id), company. Relies on expected_payment_by_customer.
-- Rows: one an invoice of which something is expected: of a million, a third open, 200,000 in one to two seconds.
INSERT INTO forecast_invoice (forecast_id, currency, customer_id, invoice_id, expected)
SELECT %(forecast)s, currency, customer_id, invoice_id, by_week[1]
FROM expected_payment
WHERE company_id = %(company)s AND by_week[1] > 0
ORDER BY currency, customer_id, invoice_id
