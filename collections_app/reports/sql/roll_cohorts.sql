-- Goes on from place_customers: the invoices that fell due in a span, by the due date that was known, and what settled them so many
-- days past due. Everything that has settled them counts, credit notes too: what they took off was not lost. What was written off
-- was, so it stays unpaid.
-- sum_cohorts adds it up, and pieces_unpaid lists it.
-- Parameters: those of place_customers, and since, until (due days, both included).
-- Relies on: one pass over the company's invoices, the index of allocations by invoice.
-- Rows: one an invoice, and one for each amount set against it.
, cohort AS (
    SELECT i.id, i.customer_id, i.currency, CASE WHEN k.invoice_id IS NULL THEN i.due_on ELSE k.due_from END AS due_on,
        coalesce(k.amount_from, i.amount) AS amount,
        EXISTS (
            SELECT FROM dispute
            WHERE dispute.invoice_id = i.id AND cause <> 'by_mistake' AND (%(known_at)s IS NULL OR lodged_at <= %(known_at)s)
        ) AS is_disputed
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.kind <> 'credit_note'
        -- Said twice, because of today no correction is looked for, and due dates are those of the invoices themselves.
        AND (%(known_at)s IS NOT NULL OR i.due_on BETWEEN %(since)s AND %(until)s)
        AND (%(known_at)s IS NULL
            OR CASE WHEN k.invoice_id IS NULL THEN i.due_on ELSE k.due_from END BETWEEN %(since)s AND %(until)s)
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND i.posted_on <= %(day)s AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
),
settled AS (
    SELECT c.id, c.currency, c.customer_id, c.due_on, c.is_disputed, a.effect,
        greatest(a.posted_on, p.posted_on, cn.posted_on) - c.due_on AS after_days
    FROM cohort c
    JOIN allocation a ON a.invoice_id = c.id
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN invoice cn ON cn.id = a.credit_note_id
    WHERE a.basis <> 'write_off'
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, p.recorded_at, cn.recorded_at) <= %(known_at)s)
),
moved AS (
    SELECT id, customer_id, currency, due_on, is_disputed, amount, NULL::integer AS after_days FROM cohort
    UNION ALL
    SELECT id, customer_id, currency, due_on, is_disputed, -effect, after_days FROM settled
)
