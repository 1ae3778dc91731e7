-- Forgets of which invoices old frozen forecasts expected something; of whom they expected it stays.
-- Parameters: company (id), before (forecasts of weeks that began before that day). Relies on the key, which begins with the forecast.
-- Rows: those of one forecast each Monday.
WITH old AS (
    UPDATE forecast SET is_by_invoice = false
    WHERE company_id = %(company)s AND is_frozen AND is_by_invoice AND monday < %(before)s
    RETURNING id
)
DELETE FROM forecast_invoice WHERE forecast_id = ANY(ARRAY(SELECT id FROM old))
