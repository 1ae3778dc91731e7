-- The floor of a list behind the bridge: what was posted, or set against invoices, in a month by invoice, by hand, the largest first.
-- What fell overdue, disputes and what came since are not in it.
-- Parameters: company (id), currency, collector, country (both NULL for all), ends (the last days of two months), rows (how many).
-- Relies on invoice_by_day, allocation_by_day. Rows: those of one page, each with the total.
SELECT invoice_id, moved.number, sum(amount) AS amount, sum(sum(amount)) OVER () AS whole
FROM (
    SELECT id AS invoice_id, number, customer_id, amount FROM invoice
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND currency = %(currency)s
        AND posted_on > (%(ends)s::date[])[1] AND posted_on <= (%(ends)s::date[])[2]
    UNION ALL
    SELECT invoice.id, invoice.number, invoice.customer_id, -allocation.effect
    FROM allocation JOIN invoice ON invoice.id = allocation.invoice_id
    WHERE allocation.company_id = %(company)s AND invoice.currency = %(currency)s
        AND allocation.posted_on > (%(ends)s::date[])[1] AND allocation.posted_on <= (%(ends)s::date[])[2]
) AS moved
JOIN customer ON customer.id = moved.customer_id
LEFT JOIN customer_assignment AS assigned ON assigned.customer_id = customer.id
WHERE (%(collector)s::bigint IS NULL OR coalesce(assigned.collector_id, 0) = %(collector)s)
    AND (%(country)s::text IS NULL OR customer.country = %(country)s)
GROUP BY invoice_id, moved.number
ORDER BY abs(sum(amount)) DESC
LIMIT %(rows)s
