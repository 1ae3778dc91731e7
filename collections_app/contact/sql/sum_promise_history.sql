-- How many promises had fallen due in the year before each of some days, and how many of them were kept: as they stood by that day.
-- fallen_promises says which they are. Parameters: company (id); customers (ids, an array; NULL for all); days (dates, an array);
-- rate_days (how far back). Relies on promise_ended_by_day. Rows: one a day on which any had.
SELECT asked.day, count(*)::integer AS count, (count(*) FILTER (WHERE is_kept))::integer AS kept
FROM unnest(%(days)s::date[]) AS asked (day)
CROSS JOIN LATERAL fallen_promises(%(company)s, asked.day) AS fallen
WHERE grace_ends_on >= asked.day - %(rate_days)s
    AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
GROUP BY asked.day
