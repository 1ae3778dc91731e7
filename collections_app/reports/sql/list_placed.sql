-- Goes on from place_customers: the customers who belong there at any of the ends.
-- Parameters: those of place_customers. Rows: one.
SELECT array_agg(DISTINCT customer_id) AS members FROM placed
