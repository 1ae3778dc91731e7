-- Writes expected payments, one row an open invoice.
-- Parameters: company (id), day, rows (JSON array of objects with the columns below; days count from the day, by_week
-- is an array as text).
-- Rows: as given, some thousands at a time.
INSERT INTO expected_payment (
    company_id, invoice_id, customer_id, day, currency, open_amount, disputed, promised, expected_on, from_50, to_50,
    from_80, to_80, soon_share, by_week, facts
)
SELECT %(company)s, invoice, customer, %(day)s, currency, open, disputed, promised, %(day)s::date + expected,
    %(day)s::date + from_50, %(day)s::date + to_50, %(day)s::date + from_80, %(day)s::date + to_80, soon, by_week::bigint[], facts
FROM jsonb_to_recordset(%(rows)s::jsonb) AS given (
    invoice bigint, customer bigint, currency text, open numeric, disputed numeric, promised numeric, expected integer,
    from_50 integer, to_50 integer, from_80 integer, to_80 integer, soon numeric, by_week text, facts jsonb
)
