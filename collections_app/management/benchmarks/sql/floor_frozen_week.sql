-- The floor of a week that was forecast, by invoice: the largest rows of one currency, with the sum and number of all.
-- Parameters: company (id), currency, rows. Rows: as many as a page has.
SELECT kept.*, whole.expected AS whole, whole.items
FROM forecast_invoice AS kept
CROSS JOIN (
    SELECT sum(expected) AS expected, count(*) AS items FROM forecast_invoice
    WHERE currency = %(currency)s
        AND forecast_id = (SELECT max(id) FROM forecast WHERE company_id = %(company)s AND is_frozen)
) AS whole
WHERE kept.currency = %(currency)s
    AND kept.forecast_id = (SELECT max(id) FROM forecast WHERE company_id = %(company)s AND is_frozen)
ORDER BY kept.expected DESC
LIMIT %(rows)s
