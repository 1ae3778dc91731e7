-- Somebody to write to at every customer of the benchmark, at a host of the customer's own.
-- Parameters: company (id), at (moment). Rows: one a customer.
INSERT INTO contact (
    customer_id, name, role, email, phone, language, time_zone, hours, remarks, is_primary, is_active, recorded_at
)
SELECT
    customer.id, 'Ada Osei', '', 'ada@c' || customer.number || '.example', '', '', '', '', '', true, true, %(at)s
FROM customer
WHERE customer.company_id = %(company)s
ON CONFLICT DO NOTHING
