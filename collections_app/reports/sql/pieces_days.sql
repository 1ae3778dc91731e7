-- Goes on from take_days: the invoices of some of its kinds, each with its days.
-- Parameters: those of take_days, and kinds (an array). Rows: one an invoice.
, piece AS (
    SELECT counted.id, invoice.number, counted.customer_id, counted.currency, invoice.due_on AS on_day,
        counted.days || ' days' AS about, NULL::numeric AS amount
    FROM counted JOIN placed USING (customer_id) JOIN invoice ON invoice.id = counted.id
    WHERE counted.what = ANY(%(kinds)s)
)
