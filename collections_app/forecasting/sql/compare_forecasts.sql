-- Goes on from settle_weeks, compare_customers and compare_invoices: writes beside each week that has ended what came in it, of the
-- same allocations as beside its customers and invoices: one statement reads them as of one moment.
-- A forecast counts that something of the three was written, by which it is known that what was read of it is as it was.
-- Rows: the weeks in which that changed.
, summed AS (
    SELECT ended.id, ended.forecast_id, coalesce(sum(came), 0) AS came, coalesce(sum(credited), 0) AS credited
    FROM ended LEFT JOIN settling USING (id)
    GROUP BY ended.id, ended.forecast_id
),
other AS (
    SELECT summed.id, summed.forecast_id, summed.came, summed.credited
    FROM summed JOIN forecast_week AS week USING (id)
    WHERE (week.came, week.credited) IS DISTINCT FROM (summed.came, summed.credited)
),
counted AS (
    UPDATE forecast SET compared = compared + 1
    WHERE id IN (
        SELECT forecast_id FROM other UNION SELECT forecast_id FROM written_customer UNION SELECT forecast_id FROM written_invoice
    )
)
UPDATE forecast_week AS week SET came = other.came, credited = other.credited
FROM other
WHERE week.id = other.id
