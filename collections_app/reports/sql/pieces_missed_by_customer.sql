-- By how much more (above nothing) or less came from each customer in a week than its frozen forecast expected of them; or what was
-- expected, or what came. As pieces_missed, where that is asked for or no invoices are kept; units are thousandths there.
-- Parameters: forecast (id, or NULL where there is none), day (that it is of), customers (ids, an array; NULL for all), what
-- ('missed', 'expected', 'came' or 'credited'). Relies on forecast_expects_of_a_customer_once, which begins with the forecast.
-- Rows: one a customer and currency: of 100,000 customers 90,000.
WITH piece AS (
    SELECT NULL::bigint AS invoice_id, customer_id, currency, %(day)s::date AS on_day, units, units * 0.001 AS amount
    FROM (
        SELECT customer_id, currency,
            1000 * CASE %(what)s WHEN 'expected' THEN expected WHEN 'came' THEN coalesce(came, 0)
                WHEN 'credited' THEN coalesce(credited, 0) ELSE coalesce(came, 0) - expected END AS units
        FROM forecast_customer
        WHERE forecast_id = %(forecast)s
            AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    ) AS told
    WHERE units <> 0
)
