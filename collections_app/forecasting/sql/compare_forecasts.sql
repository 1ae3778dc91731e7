-- Goes on from settle_weeks: writes beside each week that has ended what came in it. Rows: the weeks in which that changed.
, summed AS (
    SELECT ended.id, coalesce(sum(came), 0) AS came, coalesce(sum(credited), 0) AS credited
    FROM ended LEFT JOIN settling USING (id)
    GROUP BY ended.id
)
UPDATE forecast_week AS week SET came = summed.came, credited = summed.credited
FROM summed
WHERE week.id = summed.id AND (week.came, week.credited) IS DISTINCT FROM (summed.came, summed.credited)
