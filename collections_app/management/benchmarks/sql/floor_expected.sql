-- The floor of what is expected to come: the weeks of the standing forecast in one currency.
-- Parameters: company (id), currency.
-- Rows: one a week.
SELECT week.* FROM forecast_week AS week
JOIN forecast ON forecast.id = week.forecast_id
WHERE forecast.company_id = %(company)s AND NOT forecast.is_frozen AND week.currency = %(currency)s
ORDER BY week.place
