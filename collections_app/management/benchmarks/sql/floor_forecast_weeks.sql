-- The floor of the chart of forecasts: the first week of each that is kept, in one currency.
-- Parameters: company (id), currency.
-- Rows: one a forecast.
SELECT forecast.monday, week.* FROM forecast
JOIN forecast_week AS week ON week.forecast_id = forecast.id
WHERE forecast.company_id = %(company)s AND forecast.is_frozen AND week.currency = %(currency)s AND week.place = 0
ORDER BY forecast.monday
