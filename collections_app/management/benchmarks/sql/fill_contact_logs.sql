-- Two conversations a customer in the last months; every eleventh has agreed something for a later day.
-- Parameters: company (id), day (today), at (moment).
-- Rows: two a customer.
INSERT INTO contact_log (
    company_id, customer_id, by_id, at, channel, direction, spoke_with, outcome, said, next_step, next_on, written_at
)
SELECT
    %(company)s, customer.id, customer.collector_id, %(at)s::timestamptz - make_interval(days => 3 + (customer.id %% 50)::int * n),
    'call', 'out', '', 'informed', 'Went through the open invoices together.',
    CASE WHEN n = 1 AND customer.id %% 11 = 0 THEN 'call' ELSE '' END,
    CASE WHEN n = 1 AND customer.id %% 11 = 0 THEN %(day)s::date + 3 END,
    %(at)s::timestamptz - make_interval(days => 3 + (customer.id %% 50)::int * n)
FROM customer
CROSS JOIN generate_series(1, 2) AS n
WHERE customer.company_id = %(company)s AND customer.collector_id IS NOT NULL
