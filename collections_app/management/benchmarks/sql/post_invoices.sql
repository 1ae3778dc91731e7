-- What is invoiced on a day: every 25th customer, others each day, gets one new invoice, due in thirty days.
-- Parameters: company, posting (ids), day, at (moment).
-- Rows: one for every 25 customers.
INSERT INTO invoice (
    company_id, customer_id, kind, number, line, reference, currency, amount, issued_on, due_on, terms, posted_on,
    recorded_at, posting_id, open_amount
)
SELECT
    %(company)s, id, 'invoice', 'N' || %(posting)s, '', '', currency, amount, %(day)s, %(day)s::date + 30, '30', %(day)s,
    %(at)s, %(posting)s, amount
FROM customer CROSS JOIN LATERAL (SELECT (900 + abs(hashint8(id)) %% 90000 / 100.0)::numeric(18, 2)) AS made (amount)
WHERE company_id = %(company)s AND id %% 25 = (%(day)s::date - '2000-01-01') %% 25
