-- Promises of two years: one of every third customer, four of five kept; they name no invoices.
-- Parameters: company (id), day (today), at (moment), closer (a user id).
-- Rows: one for three customers.
INSERT INTO promise (
    company_id, customer_id, currency, amount, promised_on, said_by, state, recorded_at, settled_on, paid_amount, recorded_by_id
)
SELECT
    %(company)s, id, currency, 500 + id %% 900, said.on_day, '', CASE WHEN id %% 5 = 0 THEN 'broken' ELSE 'kept' END,
    (said.on_day - 7)::timestamp AT TIME ZONE 'UTC', said.on_day + CASE WHEN id %% 5 = 0 THEN 3 ELSE 0 END,
    CASE WHEN id %% 5 = 0 THEN 0 ELSE 500 + id %% 900 END, %(closer)s
FROM customer
CROSS JOIN LATERAL (SELECT %(day)s::date - 5 - (abs(hashint8(id)) %% 720) AS on_day) AS said
WHERE company_id = %(company)s AND id %% 3 = 0
