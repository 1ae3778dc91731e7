-- The kept days that tell otherwise than rows do since a dispute was taken back as lodged by mistake: then it counts on no
-- day any more, from its lodging to the day on which it was taken back. Nothing is posted by that.
-- Parameters: company (id), zone (IANA name), within (interval: a dispute may be committed so long after its moment).
-- Relies on dispute_by_mistake, snapshot_of_a_day_stands_in_one_edition: the few that were taken back, each beside some kept days.
-- Rows: one; the first day on which such a dispute stood (NULL when the kept days know all of them), and the kept days.
SELECT min(lodged_on) AS day, coalesce(array_agg(DISTINCT kept.day), '{}') AS days
FROM (
    SELECT (lodged_at AT TIME ZONE %(zone)s)::date AS lodged_on, (closed_at AT TIME ZONE %(zone)s)::date AS closed_on, closed_at
    FROM dispute
    WHERE company_id = %(company)s AND cause = 'by_mistake'
) AS mistake
JOIN report_snapshot AS kept ON kept.company_id = %(company)s AND kept.is_current AND kept.day >= lodged_on AND kept.day < closed_on
    AND coalesce(kept.checked_at, kept.taken_at) <= mistake.closed_at + %(within)s
