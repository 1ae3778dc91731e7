-- Part of compare_forecasts, goes on from settle_weeks: writes what came for each invoice in the first week of a forecast, also for
-- those of which nothing was expected, and takes back what came no more. Only what changed is written: an insert that changes nothing
-- still locks its row. Kept are thousandths.
-- Rows: those of a week once it has ended, and few in the nights after.
, invoice_sum AS (
    SELECT settling.forecast_id, settling.currency, settling.customer_id, settling.invoice_id, (sum(came) * 1000)::bigint AS came,
        (sum(credited) * 1000)::bigint AS credited
    FROM settling JOIN forecast ON forecast.id = settling.forecast_id
    WHERE settling.place = 0 AND forecast.is_by_invoice
    GROUP BY settling.forecast_id, settling.currency, settling.customer_id, settling.invoice_id
),
known_invoice AS (
    SELECT kept.*
    FROM forecast_invoice AS kept JOIN ended USING (forecast_id, currency)
    WHERE ended.place = 0 AND kept.forecast_id = ANY(ARRAY(SELECT forecast_id FROM ended WHERE place = 0))
        AND (kept.came <> 0 OR kept.credited <> 0)
),
written_invoice AS (
    INSERT INTO forecast_invoice (forecast_id, currency, customer_id, invoice_id, expected, came, credited)
    SELECT forecast_id, currency, customer_id, invoice_id, 0, coalesce(s.came, 0), coalesce(s.credited, 0)
    FROM invoice_sum AS s FULL JOIN known_invoice AS known USING (forecast_id, currency, customer_id, invoice_id)
    WHERE (coalesce(s.came, 0), coalesce(s.credited, 0)) IS DISTINCT FROM (coalesce(known.came, 0), coalesce(known.credited, 0))
    ON CONFLICT (forecast_id, currency, customer_id, invoice_id) DO UPDATE SET came = excluded.came, credited = excluded.credited
    RETURNING forecast_id
)
