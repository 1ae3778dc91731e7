-- Goes on from pieces_missed: one page of them, in some currencies or (NULL) in all, the largest first, each row with the sum and
-- number of them all. Reading them twice is faster than writing them down once. What stands on the page is looked up for its rows
-- only: OFFSET 0 keeps the planner from joining a million invoices to them.
-- Parameters beside those: currencies, limit, skip (rows). Rows: at most ``limit``.
, chosen AS NOT MATERIALIZED (
    SELECT invoice_id, customer_id, currency, on_day, units FROM piece
    WHERE %(currencies)s::text[] IS NULL OR currency = ANY(%(currencies)s::text[])
),
page AS MATERIALIZED (
    SELECT * FROM chosen
    ORDER BY abs(units) DESC, customer_id, invoice_id
    LIMIT %(limit)s OFFSET %(skip)s
)
SELECT coalesce(page.invoice_id, page.customer_id) AS id, coalesce(invoice.number, '') AS number, page.customer_id, page.currency,
    coalesce(invoice.due_on, page.on_day) AS on_day, coalesce(invoice.kind, '') AS about, page.units * 0.001 AS amount,
    customer.name AS customer, customer.number AS customer_number, whole.units * 0.001 AS whole, whole.items
FROM page
CROSS JOIN (SELECT sum(units) AS units, count(*) AS items FROM chosen) AS whole
CROSS JOIN LATERAL (SELECT name, number FROM customer WHERE customer.id = page.customer_id OFFSET 0) AS customer
LEFT JOIN LATERAL (SELECT number, kind, due_on FROM invoice WHERE invoice.id = page.invoice_id OFFSET 0) AS invoice ON true
ORDER BY abs(page.units) DESC, page.customer_id, page.invoice_id
