-- By how much more (above nothing) or less came for each invoice in a week than its frozen forecast expected of it; or what was
-- expected, or what came. units are thousandths, which are added and sorted in half the time of amounts.
-- Parameters: forecast (id, or NULL where there is none), day (that it is of), customers (ids, an array; NULL for all), what
-- ('missed', 'expected', 'came' or 'credited'). Relies on the key, which begins with the forecast.
-- Rows: one an invoice: of a million 200,000.
WITH piece AS (
    SELECT invoice_id, customer_id, currency, %(day)s::date AS on_day, units, units * 0.001 AS amount
    FROM (
        SELECT invoice_id, customer_id, currency,
            CASE %(what)s WHEN 'expected' THEN expected WHEN 'came' THEN came WHEN 'credited' THEN credited
                ELSE came - expected END AS units
        FROM forecast_invoice
        WHERE forecast_id = %(forecast)s
            AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    ) AS told
    WHERE units <> 0
)
