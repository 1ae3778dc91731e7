-- ``mover``: who came to or left what a report is narrowed to between the end of a month and the next, as both were kept; a row for
-- each end at which somebody did. Others go on from it.
-- Parameters: company (id); days, moments, befores (arrays: ends of months, when each was kept, and when the one before it was);
-- zone (IANA name); segment (code), collector, salesperson (ids, 0 for nobody), country, each NULL for all. Relies on: one pass over
-- the company's kept placements.
-- Rows: one an end and customer who moved: the end before, when that was kept, until when it is looked at, and the side.
WITH month_end AS (
    SELECT day, at, at_before, (date_trunc('month', day) - interval '1 day')::date AS before_on
    FROM unnest(%(days)s::date[], %(moments)s::timestamptz[], %(befores)s::timestamptz[]) AS each (day, at, at_before)
),
kept AS (
    SELECT customer_id, since_at, coalesce(until_at, 'infinity') AS until_at
    FROM report_placement
    WHERE company_id = %(company)s
        AND customer_id IN (SELECT customer_id FROM report_placement WHERE company_id = %(company)s AND until_at IS NOT NULL)
        AND (%(segment)s::text IS NULL OR segment = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR coalesce(collector_id, 0) = %(collector)s)
        AND (%(salesperson)s::bigint IS NULL OR coalesce(salesperson_id, 0) = %(salesperson)s)
        AND (%(country)s::text IS NULL OR country = %(country)s)
),
seen AS (
    SELECT day, customer_id, bool_or(since_at <= at AND until_at > at) AS is_here,
        bool_or(since_at <= at_before AND until_at > at_before) AS was_here
    -- A month that was restated was kept later than the one after it.
    FROM kept JOIN month_end ON since_at <= greatest(at, at_before) AND until_at > least(at, at_before)
    GROUP BY day, customer_id
),
mover AS MATERIALIZED (
    SELECT seen.day, customer_id, is_here, before_on, at_before,
        least((before_on + 1)::timestamp AT TIME ZONE %(zone)s, at_before) AS until
    FROM seen JOIN month_end USING (day)
    WHERE is_here <> was_here
)
