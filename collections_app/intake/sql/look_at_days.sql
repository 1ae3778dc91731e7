-- What the days of the file look like, as read and with day and month exchanged (where both can be a month).
-- Parameters: latest (the last day that a document should be dated). Rows: one.
WITH days AS (
    SELECT issued_on AS day, count(*) AS documents,
           CASE WHEN extract(day FROM issued_on) <= 12
                THEN make_date(extract(year FROM issued_on)::int, extract(day FROM issued_on)::int, extract(month FROM issued_on)::int)
           END AS exchanged
    FROM arranged
    WHERE issued_on IS NOT NULL AND shape IN ('document', 'payment')
    GROUP BY issued_on
)
SELECT count(*) AS different,
       count(*) FILTER (WHERE exchanged IS NULL) AS past_twelfth,
       coalesce(max(day) - min(day), 0) AS span,
       coalesce(max(exchanged) - min(exchanged), 0) AS span_exchanged,
       coalesce(sum(documents) FILTER (WHERE day > %(latest)s), 0)::int AS ahead,
       coalesce(sum(documents) FILTER (WHERE exchanged > %(latest)s), 0)::int AS ahead_exchanged
FROM days
