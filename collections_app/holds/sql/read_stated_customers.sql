-- The customers of the orders that a file writes. Parameters: none. Rows: one a customer, in order of their ids.
SELECT DISTINCT customer_id FROM stated_order WHERE is_new OR is_changed ORDER BY customer_id
