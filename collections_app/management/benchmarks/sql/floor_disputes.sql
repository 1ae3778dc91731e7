-- The floor of disputes in figures: what was raised of what was invoiced in a year, and what is open by reason, by hand.
-- Parameters: company (id), day, collector (id, 0 for nobody), country, both NULL for all.
-- Rows: one a currency, and one a reason.
SELECT currency AS of, count(DISTINCT number) AS number, sum(amount) AS amount FROM invoice
WHERE company_id = %(company)s AND kind = 'invoice' AND posted_on BETWEEN %(day)s::date - 364 AND %(day)s
    AND (%(collector)s::bigint IS NULL AND %(country)s::text IS NULL OR customer_id IN (
        SELECT customer.id FROM customer LEFT JOIN customer_assignment AS assigned ON assigned.customer_id = customer.id
        WHERE customer.company_id = %(company)s
            AND (%(collector)s::bigint IS NULL OR coalesce(assigned.collector_id, 0) = %(collector)s)
            AND (%(country)s::text IS NULL OR customer.country = %(country)s)
    ))
GROUP BY currency
UNION ALL
SELECT reason, count(*), sum(amount) FROM dispute WHERE company_id = %(company)s AND closed_at IS NULL
    AND (%(collector)s::bigint IS NULL AND %(country)s::text IS NULL OR customer_id IN (
        SELECT customer.id FROM customer LEFT JOIN customer_assignment AS assigned ON assigned.customer_id = customer.id
        WHERE customer.company_id = %(company)s
            AND (%(collector)s::bigint IS NULL OR coalesce(assigned.collector_id, 0) = %(collector)s)
            AND (%(country)s::text IS NULL OR customer.country = %(country)s)
    ))
GROUP BY reason
