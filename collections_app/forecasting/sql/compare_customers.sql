-- Goes on from settle_weeks: writes what came from each customer in the first week of a forecast, also from those of whom nothing
-- was expected. Forecasts that were frozen before customers were kept have none and get none. Rows: one a customer that is written.
, summed AS (
    SELECT forecast_id, customer_id, currency, sum(came) AS came, sum(credited) AS credited
    FROM settling WHERE place = 0
    GROUP BY forecast_id, customer_id, currency
),
known AS (
    SELECT kept.forecast_id, kept.customer_id, kept.currency
    FROM forecast_customer AS kept JOIN ended USING (forecast_id, currency)
    WHERE ended.place = 0
    UNION
    SELECT forecast_id, customer_id, currency FROM summed
    WHERE forecast_id IN (SELECT forecast_id FROM forecast_customer)
)
INSERT INTO forecast_customer AS kept (forecast_id, customer_id, currency, expected, came, credited)
SELECT forecast_id, customer_id, currency, 0, coalesce(summed.came, 0), coalesce(summed.credited, 0)
FROM known LEFT JOIN summed USING (forecast_id, customer_id, currency)
ON CONFLICT (forecast_id, currency, customer_id) DO UPDATE SET came = excluded.came, credited = excluded.credited
WHERE (kept.came, kept.credited) IS DISTINCT FROM (excluded.came, excluded.credited)
