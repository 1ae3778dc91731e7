-- Writes the orders of a file that are new or changed; one that belongs to another customer by now is left alone, and found by
-- find_orders_met_otherwise. Parameters: company (id), at (moment).
-- Relies on: order_number_is_unique_in_company. Rows: those orders.
INSERT INTO customer_order AS known (
    company_id, customer_id, number, currency, amount, placed_on, wanted_on, exemption_class, salesperson_code, salesperson_id,
    source, state, received_at, changed_at
)
SELECT %(company)s, customer_id, number, currency, amount, placed_on, wanted_on, exemption_class, salesperson_code, salesperson_id,
       source, state, %(at)s, %(at)s
FROM stated_order
WHERE is_new OR is_changed
ORDER BY placed_on, line
ON CONFLICT (company_id, number) DO UPDATE
SET currency = excluded.currency, amount = excluded.amount, placed_on = excluded.placed_on, wanted_on = excluded.wanted_on,
    exemption_class = excluded.exemption_class, salesperson_code = excluded.salesperson_code,
    salesperson_id = excluded.salesperson_id, source = excluded.source, state = excluded.state, changed_at = excluded.changed_at
WHERE known.customer_id = excluded.customer_id
