-- Customers who owe very many invoices at once, as wholesalers and groups of hospitals do. Nobody of ours looks after them, so that
-- they stand on no chase list that is measured. Their limit is a third of what they owe, so that a payment has to be found.
-- Parameters: company (id), sizes (array: how many open invoices each will have), at (moment).
-- Rows: one a size.
INSERT INTO customer (
    company_id, number, name, search_key, currency, terms, credit_limit, language, country, time_zone, address,
    classification, collector_code, salesperson_code, is_active, recorded_at
)
SELECT
    %(company)s, 'L' || size, 'Large ' || size, 'l' || size || ' large ' || size, 'GBP', '30', 500 * size, 'en', 'GB', '', '',
    '', '', '', true, %(at)s
FROM unnest(%(sizes)s::integer[]) AS size
