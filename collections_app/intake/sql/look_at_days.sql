-- What the days of each date column of the file look like, as read and with day and month exchanged (where both can be
-- a month), and the newest that has come. Documents may be due in the future, so that nothing is ahead there.
-- Parameters: latest (the last day that a document should be dated). Rows: one for each column that is filled.
WITH stated AS (
    SELECT issued_on, posted_on, due_on, settled_on FROM arrived WHERE coalesce(type, '') NOT IN ('allocation', 'deallocation')
),
counted AS (
    SELECT 'issued_on' AS field, issued_on AS day, count(*) AS documents FROM stated GROUP BY issued_on
    UNION ALL
    SELECT 'posted_on', posted_on, count(*) FROM stated GROUP BY posted_on
    UNION ALL
    SELECT 'due_on', due_on, count(*) FROM stated GROUP BY due_on
    UNION ALL
    SELECT 'settled_on', settled_on, count(*) FROM stated GROUP BY settled_on
),
days AS (
    SELECT field, day, CASE WHEN field = 'due_on' THEN 0 ELSE documents END AS documents,
           CASE WHEN extract(day FROM day) <= 12
                THEN make_date(extract(year FROM day)::int, extract(day FROM day)::int, extract(month FROM day)::int)
           END AS exchanged
    FROM counted
    WHERE day IS NOT NULL
)
SELECT field,
       count(*) AS different,
       count(*) FILTER (WHERE exchanged IS NULL) AS past_twelfth,
       max(day) - min(day) AS span,
       coalesce(max(exchanged) - min(exchanged), 0) AS span_exchanged,
       coalesce(sum(documents) FILTER (WHERE day > %(latest)s), 0)::int AS ahead,
       coalesce(sum(documents) FILTER (WHERE exchanged > %(latest)s), 0)::int AS ahead_exchanged,
       max(day) FILTER (WHERE field <> 'due_on' AND day <= %(latest)s) AS newest
FROM days
GROUP BY field
ORDER BY field = 'issued_on' DESC, field
