-- Goes on from age_items_at_ends and stand_in_parts: what sum_standing tells of one day, of several.
-- Parameters: those of age_items_at_ends.
-- Rows: one a day, currency and place that occur together.
        , standing.day, standing.currency, coalesce(s.code, '') AS segment, a.collector_id AS collector,
        c.salesperson_id AS salesperson, c.country
    FROM standing
    JOIN customer c ON c.id = standing.customer_id
    LEFT JOIN customer_assignment a ON a.customer_id = c.id
    LEFT JOIN segment s ON s.id = a.segment_id
    GROUP BY standing.day, standing.currency, coalesce(s.code, ''), a.collector_id, c.salesperson_id, c.country
)
SELECT * FROM stood
