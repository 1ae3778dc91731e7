-- The disputes of one cause or of all that were closed on some days, with what was contested or what of it was credited; as dispute_causes
-- of contact adds them up. Parameters: company, zone (IANA name), since, day (both included), customers (ids, an array; NULL for
-- all), cause (NULL for all), what ('contested' or 'credited'). Relies on one pass over the company's disputes. Rows: one a dispute.
WITH piece AS (
    SELECT dispute.id, invoice.number, dispute.customer_id, dispute.currency, (closed_at AT TIME ZONE %(zone)s)::date AS on_day,
        dispute.reason AS about, CASE %(what)s WHEN 'credited' THEN dispute.credited ELSE dispute.amount END AS amount
    FROM dispute JOIN invoice ON invoice.id = dispute.invoice_id
    WHERE dispute.company_id = %(company)s AND cause <> 'by_mistake' AND (%(cause)s::text IS NULL OR cause = %(cause)s)
        AND closed_at >= %(since)s::timestamp AT TIME ZONE %(zone)s AND closed_at < (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s
        AND (%(customers)s::bigint[] IS NULL OR dispute.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(what)s <> 'credited' OR dispute.credited <> 0)
)
