-- Goes on from touch_first: the invoices that were touched, or those still open that were not.
-- Parameters: those of touch_first, and what ('touched' or 'untouched'). Rows: one an invoice.
, piece AS (
    SELECT invoice.id, invoice.number, invoice.customer_id, invoice.currency, first_touch.due_on AS on_day,
        coalesce(first_touch.on_day, %(day)s) - first_touch.due_on || ' days' AS about, NULL::numeric AS amount
    FROM first_touch JOIN placed USING (customer_id) JOIN invoice ON invoice.id = first_touch.id
    WHERE CASE WHEN first_touch.on_day IS NULL THEN 'untouched' ELSE 'touched' END = %(what)s
        AND (first_touch.on_day IS NOT NULL OR first_touch.settled_on IS NULL OR first_touch.settled_on > %(day)s)
)
