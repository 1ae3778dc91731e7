-- How much more (above nothing) or less came from each customer in a week than its frozen forecast expected of them; or what was
-- expected, or what came. Parameters: company, monday (of the week), customers (ids, an array; NULL for all), what ('missed',
-- 'expected', 'came' or 'credited'). Relies on forecast_is_frozen_once_a_week. Rows: one a customer and currency.
WITH piece AS (
    SELECT kept.id, '' AS number, kept.customer_id, kept.currency, forecast.day AS on_day,
        '' AS about,
        CASE %(what)s WHEN 'expected' THEN kept.expected WHEN 'came' THEN coalesce(kept.came, 0)
            WHEN 'credited' THEN coalesce(kept.credited, 0) ELSE coalesce(kept.came, 0) - kept.expected END AS amount
    FROM forecast JOIN forecast_customer AS kept ON kept.forecast_id = forecast.id
    WHERE forecast.company_id = %(company)s AND forecast.is_frozen AND forecast.monday = %(monday)s
        AND (%(customers)s::bigint[] IS NULL OR kept.customer_id = ANY(%(customers)s::bigint[]))
)
