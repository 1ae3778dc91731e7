-- Open invoices, dealt out to the customers in turn, recorded in the evening of their day. Of ten customers six have something overdue.
-- Parameters: company, posting (ids), day (today), rows (how many invoices), at (moment).
-- Rows: one an invoice.
INSERT INTO invoice (
    company_id, customer_id, kind, number, line, reference, currency, amount, issued_on, due_on, terms, posted_on,
    recorded_at, posting_id, open_amount
)
SELECT
    %(company)s, customer.id, 'invoice', 'O' || n, '', '', customer.currency, amount, due_on - 30, due_on, '30', least(due_on - 30, %(day)s),
    least(%(at)s, (due_on - 30)::timestamp AT TIME ZONE 'UTC' + interval '20 hours'), %(posting)s, amount
FROM (
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many, id, currency
    FROM customer WHERE company_id = %(company)s
) AS customer
CROSS JOIN LATERAL generate_series(customer.place + 1, %(rows)s, customer.many) AS n
CROSS JOIN LATERAL (
    SELECT
        (100 + hashint8(n) %% 90000 / 100.0)::numeric(18, 2) + 900 AS amount,
        %(day)s::date + 29 - CASE WHEN customer.place %% 10 < 6 THEN abs(hashint8(n + 7)) %% 75 ELSE abs(hashint8(n)) %% 29 END AS due_on
) AS made
