-- Goes on from place_customers: of the invoices that fell due in a span, what was still unpaid when they were so many days
-- past due, for each of the given days; disputed is what of it was or is contested. Everything that has settled it counts,
-- credit notes too: what they took off was not lost. What was written off was, so it stays unpaid.
-- Parameters: those of place_customers, and since, until (due days, both included), steps (days past due, an array).
-- Relies on: one pass over the company's invoices, the index of allocations by invoice.
-- Rows: one a currency and step.
, cohort AS (
    SELECT i.id, i.customer_id, i.currency, i.due_on, coalesce(k.amount_from, i.amount) AS amount,
        EXISTS (SELECT FROM dispute WHERE dispute.invoice_id = i.id AND cause <> 'by_mistake') AS is_disputed
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.kind <> 'credit_note' AND i.due_on BETWEEN %(since)s AND %(until)s
        AND i.posted_on <= %(day)s AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
),
settled AS (
    SELECT c.id, c.currency, c.customer_id, c.is_disputed, a.effect,
        greatest(a.posted_on, p.posted_on, cn.posted_on) - c.due_on AS after_days
    FROM cohort c
    JOIN allocation a ON a.invoice_id = c.id
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    WHERE a.basis <> 'write_off'
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, p.recorded_at, cn.recorded_at) <= %(known_at)s)
),
moved AS (
    SELECT customer_id, currency, is_disputed, amount, NULL::integer AS after_days FROM cohort
    UNION ALL
    SELECT customer_id, currency, is_disputed, -effect, after_days FROM settled
)
SELECT currency, step,
    coalesce(sum(amount) FILTER (WHERE after_days IS NULL OR after_days <= step), 0) AS unpaid,
    coalesce(sum(amount) FILTER (WHERE is_disputed AND (after_days IS NULL OR after_days <= step)), 0) AS disputed
FROM moved JOIN placed USING (customer_id), unnest(%(steps)s::integer[]) AS step
GROUP BY currency, step
ORDER BY currency, step
