-- Goes on from age_brought and stand_in_parts: what those who moved had open, as sum_standing tells it of one day.
-- Parameters: those of find_moved_between.
-- Rows: one an end, side and currency.
        , day, is_here, currency
    FROM standing
    GROUP BY day, is_here, currency
)
SELECT * FROM stood
