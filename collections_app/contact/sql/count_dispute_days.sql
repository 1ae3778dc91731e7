-- Goes on from age_disputes: how many disputes took how many working days, by reason and currency, and what they came to; of those
-- resolved pauses are taken off, of those open they are included.
-- Relies on dispute_pause_by_dispute. Rows: one a state, reason, currency and number of days, hundreds.
, paused AS (
    SELECT asked.id, sum(ended.passed - began.passed) AS days
    FROM asked
    JOIN dispute_pause AS pause ON pause.dispute_id = asked.id
    JOIN tally AS began ON began.day = pause.since
    JOIN tally AS ended ON ended.day = least(pause.until, asked.ended_on)
    WHERE asked.what = 'resolved'
    GROUP BY asked.id
)
SELECT what, reason, currency, ended.passed - began.passed - coalesce(paused.days, 0) AS took, count(*) AS disputes,
    sum(amount) AS amount
FROM asked
JOIN tally AS began ON began.day = asked.lodged_on
JOIN tally AS ended ON ended.day = asked.ended_on
LEFT JOIN paused ON paused.id = asked.id
GROUP BY what, reason, currency, took
ORDER BY what, reason, currency, took
