-- Part of compare_forecasts, goes on from settle_weeks: writes what came from each customer in the first week of a forecast, also from
-- those of whom nothing was expected. Forecasts that were frozen before customers were kept have none and get none. Only what
-- changed is written: an insert that changes nothing still locks its row. Rows: the customers of a week once it has ended, and few
-- in the nights after.
, customer_sum AS (
    SELECT forecast_id, customer_id, currency, sum(came) AS came, sum(credited) AS credited
    FROM settling
    WHERE place = 0 AND forecast_id IN (
        SELECT id FROM forecast
        WHERE is_by_invoice OR EXISTS (SELECT FROM forecast_customer AS kept WHERE kept.forecast_id = forecast.id)
    )
    GROUP BY forecast_id, customer_id, currency
),
known_customer AS (
    SELECT kept.*
    FROM forecast_customer AS kept JOIN ended USING (forecast_id, currency)
    WHERE ended.place = 0 AND kept.forecast_id = ANY(ARRAY(SELECT forecast_id FROM ended WHERE place = 0))
),
written_customer AS (
    INSERT INTO forecast_customer (forecast_id, customer_id, currency, expected, came, credited)
    SELECT forecast_id, customer_id, currency, 0, coalesce(s.came, 0), coalesce(s.credited, 0)
    FROM customer_sum AS s FULL JOIN known_customer AS known USING (forecast_id, customer_id, currency)
    WHERE (known.came, known.credited) IS DISTINCT FROM (coalesce(s.came, 0), coalesce(s.credited, 0))
    ON CONFLICT (forecast_id, currency, customer_id) DO UPDATE SET came = excluded.came, credited = excluded.credited
    RETURNING forecast_id
)
