-- The open invoices of the large customers, as many as their number says, of due dates from 45 days ago to 29 days from now.
-- Parameters: company, posting (ids), day (today), sizes (array), at (moment).
-- Rows: as many as the sizes come to.
INSERT INTO invoice (
    company_id, customer_id, kind, number, line, reference, currency, amount, issued_on, due_on, terms, posted_on,
    recorded_at, posting_id, open_amount
)
SELECT
    %(company)s, customer.id, 'invoice', customer.number || '-' || n, '', '', 'GBP', amount, due_on - 30, due_on, '30',
    least(due_on - 30, %(day)s), %(at)s, %(posting)s, amount
FROM unnest(%(sizes)s::integer[]) AS size
INNER JOIN customer ON customer.company_id = %(company)s AND customer.number = 'L' || size
CROSS JOIN LATERAL generate_series(1, size) AS n
CROSS JOIN LATERAL (
    SELECT
        (100 + hashint8(n) %% 90000 / 100.0)::numeric(18, 2) + 900 AS amount,
        %(day)s::date + 29 - abs(hashint8(n + 7)) %% 75 AS due_on
) AS made
