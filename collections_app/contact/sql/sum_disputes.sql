-- What was raised, resolved and credited in a period, and what is open at its end, one row a currency. What was lodged by
-- mistake counts nowhere. An invoice in several lines is one invoice.
-- Parameters: company (id), zone (IANA name), since, until (days, both included), customers (ids, an array;
-- NULL for all); currencies, counts, amounts (arrays: the invoices of the period, where they are known; NULL where they are to be read).
-- Relies on dispute_by_lodging, dispute_closed_by_moment, dispute_open_by_due_day, invoice_by_day.
-- Rows: one a currency; reads the disputes and invoices of the period.
WITH period AS (
    SELECT %(since)s::timestamp AT TIME ZONE %(zone)s AS begins_at,
        (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS ends_at
),
raised AS (
    SELECT currency, count(DISTINCT invoice_id) AS raised_count, sum(amount) AS raised_amount
    FROM dispute, period
    WHERE company_id = %(company)s AND lodged_at >= begins_at AND lodged_at < ends_at AND cause <> 'by_mistake'
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY currency
),
invoiced AS (
    SELECT currency, count(*) AS invoiced_count, sum(amount) AS invoiced_amount
    FROM (
        SELECT currency, customer_id, number, sum(amount) AS amount
        FROM invoice
        WHERE %(currencies)s::text[] IS NULL AND company_id = %(company)s AND kind = 'invoice'
            AND posted_on BETWEEN %(since)s AND %(until)s
            AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
        GROUP BY currency, customer_id, number
    ) AS numbered
    GROUP BY currency
    UNION ALL
    SELECT * FROM unnest(%(currencies)s::text[], %(counts)s::bigint[], %(amounts)s::numeric[])
),
resolved AS (
    SELECT currency, count(*) AS resolved_count, sum(amount) AS resolved_amount,
        count(*) FILTER (WHERE credited > 0) AS credited_count, sum(credited) AS credited_amount
    FROM dispute, period
    WHERE company_id = %(company)s AND closed_at >= begins_at AND closed_at < ends_at AND cause <> 'by_mistake'
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY currency
),
standing AS (
    SELECT currency, count(*) AS open_count, sum(disputed_before(dispute.id, amount, ends_at)) AS open_amount
    FROM dispute, period
    WHERE company_id = %(company)s AND lodged_at < ends_at AND (closed_at IS NULL OR closed_at >= ends_at)
        AND cause <> 'by_mistake' AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY currency
)
SELECT currency,
    coalesce(raised_count, 0) AS raised_count, coalesce(raised_amount, 0) AS raised_amount,
    coalesce(invoiced_count, 0) AS invoiced_count, coalesce(invoiced_amount, 0) AS invoiced_amount,
    coalesce(resolved_count, 0) AS resolved_count, coalesce(resolved_amount, 0) AS resolved_amount,
    coalesce(credited_count, 0) AS credited_count, coalesce(credited_amount, 0) AS credited_amount,
    coalesce(open_count, 0) AS open_count, coalesce(open_amount, 0) AS open_amount
FROM invoiced
FULL JOIN raised USING (currency)
FULL JOIN resolved USING (currency)
FULL JOIN standing USING (currency)
ORDER BY currency
