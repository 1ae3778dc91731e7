-- The documents and payments that make up a part of the ledger in one currency as it stands now, the oldest due date first, page by
-- page: as list_items tells them when nothing was posted after the day. Reads only as far as the page goes.
-- Parameters: company; zone (IANA name); day; currency; part, first, last (as list_customers); segment, collector, salesperson, country; limit, skip.
-- Relies on invoice_open_by_due_day, payment_unallocated_by_cust.
-- Rows: one a document, at most ``limit``.
WITH placed AS (
    SELECT c.id
    FROM customer AS c
    LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
    LEFT JOIN segment AS s ON s.id = a.segment_id
    WHERE c.company_id = %(company)s
        AND (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND a.collector_id IS NULL)
        AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND c.salesperson_id IS NULL)
        AND (%(country)s::text IS NULL OR c.country = %(country)s)
),
item AS (
    (
        SELECT id, number, kind, CASE WHEN kind = 'credit_note' THEN 'credits' ELSE 'aged' END AS part, issued_on, posted_on, due_on,
            signed_open AS amount, customer_id
        FROM invoice
        WHERE company_id = %(company)s AND open_amount > 0 AND currency = %(currency)s
            AND (%(part)s::text IS NULL OR %(part)s = CASE WHEN kind = 'credit_note' THEN 'credits' ELSE 'aged' END)
            AND (%(first)s::integer IS NULL OR due_on <= %(day)s::date - %(first)s::integer)
            AND (%(last)s::integer IS NULL OR due_on >= %(day)s::date - %(last)s::integer OR due_on IS NULL)
            AND (coalesce(%(segment)s::text, %(collector)s::text, %(salesperson)s::text, %(country)s::text) IS NULL
                OR customer_id IN (SELECT id FROM placed))
        ORDER BY due_on, posted_on, kind = 'credit_note', id
        LIMIT %(limit)s + %(skip)s
    )
    UNION ALL
    (
        SELECT id, number, kind, 'unallocated', posted_on, posted_on, NULL,
            CASE WHEN kind = 'receipt' THEN -unallocated_amount ELSE unallocated_amount END, customer_id
        FROM payment
        WHERE company_id = %(company)s AND unallocated_amount > 0 AND currency = %(currency)s
            AND (%(part)s::text IS NULL OR %(part)s = 'unallocated')
            AND (coalesce(%(segment)s::text, %(collector)s::text, %(salesperson)s::text, %(country)s::text) IS NULL
                OR customer_id IN (SELECT id FROM placed))
        ORDER BY posted_on, id
        LIMIT %(limit)s + %(skip)s
    )
),
page AS (
    SELECT * FROM item ORDER BY due_on, posted_on, part, id LIMIT %(limit)s OFFSET %(skip)s
)
SELECT page.*, greatest(0, coalesce(%(day)s::date - page.due_on, 0)) AS days_overdue, contested.amount AS disputed,
    customer.name AS customer, customer.number AS customer_number
FROM page
JOIN customer ON customer.id = page.customer_id
LEFT JOIN LATERAL (
    SELECT sum(disputed_before(dispute.id, amount, until)) AS amount
    FROM dispute, (SELECT (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s) AS ends (until)
    WHERE page.part = 'aged' AND invoice_id = page.id AND lodged_at < until AND (closed_at IS NULL OR closed_at >= until)
        AND cause <> 'by_mistake'
) AS contested ON true
ORDER BY page.due_on, page.posted_on, page.part, page.id
