-- Two years of settled invoices, each paid by a receipt of its own some days after its due date, recorded in the evening of their days.
-- Parameters: company, posting (ids), day (today), rows (how many invoices).
-- Rows: one an invoice, one a receipt, one an allocation.
WITH made AS (
    SELECT
        customer.id AS customer_id, customer.currency, n, (50 + abs(hashint8(n)) %% 90000 / 100.0)::numeric(18, 2) AS amount,
        %(day)s::date - 60 - (abs(hashint8(n + 3)) %% 630) AS due_on,
        (abs(hashint8(n + 5)) %% 40 - 5 + customer.place %% 15)::integer AS late
    FROM (
        SELECT row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many, id, currency
        FROM customer WHERE company_id = %(company)s
    ) AS customer
    CROSS JOIN LATERAL generate_series(customer.place + 1, %(rows)s, customer.many) AS n
),
billed AS (
    INSERT INTO invoice (
        company_id, customer_id, kind, number, line, reference, currency, amount, issued_on, due_on, terms, posted_on,
        recorded_at, posting_id, open_amount, settled_on
    )
    SELECT
        %(company)s, customer_id, 'invoice', 'S' || n, '', '', currency, amount, due_on - 30, due_on, '30', due_on - 30,
        (due_on - 30)::timestamp AT TIME ZONE 'UTC' + interval '20 hours', %(posting)s, 0, due_on + late
    FROM made
    RETURNING id, customer_id, number, currency, amount, settled_on
),
paid AS (
    INSERT INTO payment (
        company_id, customer_id, kind, number, reference, method, currency, amount, posted_on, recorded_at, posting_id,
        unallocated_amount
    )
    SELECT
        %(company)s, customer_id, 'receipt', number, '', 'bank transfer', currency, amount, settled_on,
        settled_on::timestamp AT TIME ZONE 'UTC' + interval '20 hours', %(posting)s, 0
    FROM billed
    RETURNING id, customer_id, number
)
INSERT INTO allocation (
    company_id, invoice_id, payment_id, number, currency, amount, side, basis, posted_on, recorded_at, posting_id
)
SELECT
    %(company)s, billed.id, paid.id, '', billed.currency, billed.amount, 'settles', 'payment', billed.settled_on,
    billed.settled_on::timestamp AT TIME ZONE 'UTC' + interval '20 hours', %(posting)s
FROM billed
INNER JOIN paid ON paid.customer_id = billed.customer_id AND paid.number = billed.number
