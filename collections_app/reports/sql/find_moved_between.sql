-- Goes on from narrow_placements: ``mover``, who came to or left what a report is narrowed to between the end of a month and the next, as both were kept; a row for
-- each end at which somebody did. Others go on from it.
-- Parameters: company (id); days, moments, befores (arrays: ends of months, when each was kept, and when the one before it was);
-- zone (IANA name); and those of narrow_placements.
-- Rows: one an end and customer who moved: the end before, when that was kept, until when it is looked at, and the side.
, month_end AS (
    SELECT day, at, at_before, (date_trunc('month', day) - interval '1 day')::date AS before_on
    FROM unnest(%(days)s::date[], %(moments)s::timestamptz[], %(befores)s::timestamptz[]) AS each (day, at, at_before)
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
