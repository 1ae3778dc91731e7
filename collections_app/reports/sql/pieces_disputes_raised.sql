-- What was disputed in a period, or what was invoiced in it, as the dispute rate counts them (sum_disputes of contact).
-- Parameters: company, zone (IANA name), since, day (both included), customers (ids, an array; NULL for all), what ('raised' or
-- 'invoiced'). Relies on dispute_by_lodging, invoice_by_day. Rows: one a dispute, or an invoice.
WITH piece AS (
    SELECT dispute.id, invoice.number, dispute.customer_id, dispute.currency, (lodged_at AT TIME ZONE %(zone)s)::date AS on_day,
        dispute.reason AS about, dispute.amount
    FROM dispute JOIN invoice ON invoice.id = dispute.invoice_id
    WHERE %(what)s = 'raised' AND dispute.company_id = %(company)s AND cause <> 'by_mistake'
        AND lodged_at >= %(since)s::timestamp AT TIME ZONE %(zone)s AND lodged_at < (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s
        AND (%(customers)s::bigint[] IS NULL OR dispute.customer_id = ANY(%(customers)s::bigint[]))
    UNION ALL
    SELECT id, number, customer_id, currency, posted_on, kind, amount
    FROM invoice
    WHERE %(what)s = 'invoiced' AND company_id = %(company)s AND kind = 'invoice' AND posted_on BETWEEN %(since)s AND %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
)
