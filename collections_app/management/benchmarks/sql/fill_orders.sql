-- One order in hand for every second customer of the benchmark.
-- Parameters: company (id), day (today), at (moment).
-- Rows: one for two customers.
INSERT INTO customer_order (
    company_id, customer_id, number, currency, amount, placed_on, exemption_class, salesperson_code, source, state,
    received_at, changed_at
)
SELECT
    %(company)s, customer.id, 'SO-' || customer.id, 'GBP', (100 + customer.id %% 9000)::numeric(18, 2),
    %(day)s::date - (customer.id %% 9)::int, '', '', 'benchmark', 'in_hand', %(at)s, %(at)s
FROM customer
WHERE customer.company_id = %(company)s AND customer.id %% 2 = 0
