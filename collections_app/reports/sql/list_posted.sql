-- Goes on from place_customers: what was invoiced, or received, in a span of days in one currency, the newest first, page by
-- page, each row with the sum and number of them all. Money that went back is negative.
-- Parameters: those of place_customers; currency; what ('invoiced' or 'received'); since (the first day); limit, skip (rows).
-- Relies on: invoice_by_day, payment_by_posted_day.
-- Rows: one a document, at most ``limit``.
, posted AS (
    SELECT i.id, i.number, i.kind, i.customer_id, i.posted_on, i.due_on, coalesce(k.amount_from, i.amount) AS amount
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE %(what)s = 'invoiced' AND i.company_id = %(company)s AND i.kind <> 'credit_note'
        AND i.currency = %(currency)s AND i.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
    UNION ALL
    SELECT p.id, p.number, p.kind, p.customer_id, p.posted_on, NULL,
        CASE WHEN p.kind = 'receipt' THEN p.amount ELSE -p.amount END
    FROM payment p
    WHERE %(what)s = 'received' AND p.company_id = %(company)s
        AND p.currency = %(currency)s AND p.posted_on BETWEEN %(since)s AND %(day)s
        AND (%(known_at)s IS NULL OR p.recorded_at <= %(known_at)s)
)
SELECT posted.id, posted.number, posted.kind, NULL AS part, posted.posted_on AS issued_on, posted.posted_on, posted.due_on,
    posted.amount, NULL::integer AS days_overdue, NULL::numeric AS disputed, customer.id AS customer_id,
    customer.name AS customer, customer.number AS customer_number, sum(posted.amount) OVER () AS whole, count(*) OVER () AS items
FROM posted
JOIN placed ON placed.customer_id = posted.customer_id AND (placed_from IS NULL OR posted.posted_on >= placed_from)
    AND (placed_until IS NULL OR posted.posted_on <= placed_until)
JOIN customer ON customer.id = posted.customer_id
ORDER BY posted.posted_on DESC, posted.id DESC
LIMIT %(limit)s OFFSET %(skip)s
