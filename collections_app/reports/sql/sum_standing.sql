-- Goes on from age_items and stand_in_parts: what was open at the end of a day, by currency, segment, collector, salesperson and country.
-- Parameters: those of age_items.
-- Rows: one for each of these that occur together.
        , currency, segment, collector, salesperson, country
    FROM standing
    JOIN placed USING (customer_id)
    GROUP BY currency, segment, collector, salesperson, country
)
SELECT * FROM stood
