-- Messages that left in two years: three a customer.
-- Parameters: company (id), day (today), at (moment).
-- Rows: three a customer.
INSERT INTO message (
    company_id, customer_id, key, revision, kind, audience, to_name, to_address, reply_to, language, subject, body, message_id, state,
    prepared_at, changed_at, sent_at, stops
)
SELECT
    %(company)s, id, 'benchmark-' || id || '-' || n, 1, 'email', 'customer', name, 'ada@c' || number || '.example', '', 'en',
    'Open invoices', 'Would you look at the open invoices below?', 'benchmark-' || id || '-' || n || '@benchmark.example', 'sent',
    left_at, left_at, left_at, '[]'
FROM customer
CROSS JOIN generate_series(0, 2) AS n
CROSS JOIN LATERAL (SELECT %(at)s::timestamptz - make_interval(days => 1 + abs(hashint8(id * 3 + n)) %% 730) AS left_at) AS moment
WHERE company_id = %(company)s
