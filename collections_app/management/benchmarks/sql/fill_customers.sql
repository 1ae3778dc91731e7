-- Customers of the benchmark, ten in a row for each of its collectors in turn, so that all of them have their share of those who
-- owe something overdue (fill_open_invoices goes by tens); every 25th a key account, every 20th insured.
-- Parameters: company (id), customers (how many), collectors (array of user ids), at (moment).
-- Rows: one a customer.
INSERT INTO customer (
    company_id, number, name, search_key, currency, terms, credit_limit, language, country, time_zone, address,
    classification, collector_code, collector_id, salesperson_code, insurer_report_days, is_active, recorded_at
)
SELECT
    %(company)s, n::text, 'Customer ' || n, n || ' customer ' || n, 'GBP', '30', 1000 * (1 + n %% 40), 'en', 'GB', '', '',
    CASE WHEN n %% 25 = 0 THEN 'key' ELSE '' END, '',
    (%(collectors)s::bigint[])[1 + (n / 10) %% cardinality(%(collectors)s::bigint[])], '',
    CASE WHEN n %% 20 = 0 THEN 60 END, true, %(at)s
FROM generate_series(1, %(customers)s) AS n
