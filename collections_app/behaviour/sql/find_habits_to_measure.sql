-- Customers whose pay habits can be others than on the day before: something came in, or a window moved past something.
-- A habit depends on the day by what was settled in four windows that end or begin with it, and by what was posted until then;
-- the days on which one of them gained or lost an invoice are given as ranges. What was posted at all came by a posting.
-- Promises are few and end in many ways, so they are counted again for everybody and compared.
-- Parameters: company (id), since and day (the habits stand as of since, and are wanted as of day), postings (array of ids that
-- were not taken in yet), first and last (ids of customers, NULL for all), habit_days, trend_days, trend_before_days,
-- lately_days (days).
-- Relies on: invoice_settled_by_day, invoice_by_day, payment_by_posted_day, and the BRIN indexes on posting_id.
-- Rows: customers, at most all; on an ordinary night about one in ten.
WITH promised AS (
    SELECT customer_id, coalesce(kept, 0) AS kept, coalesce(due, 0) AS due, coalesce(broken_lately, 0) AS broken_lately
    FROM (
        SELECT customer_id, count(*) FILTER (WHERE is_kept) AS kept, count(*) AS due
        FROM fallen_promises(%(company)s, %(day)s::date)
        GROUP BY customer_id
    ) AS fallen
    FULL JOIN (
        SELECT customer_id, count(*) AS broken_lately FROM promise
        WHERE company_id = %(company)s AND state IN ('broken', 'partly_kept') AND settled_on <= %(day)s
            AND settled_on > %(day)s::date - %(lately_days)s
        GROUP BY customer_id
    ) AS lately USING (customer_id)
),
standing AS (
    SELECT customer_id, promises_kept, promises_due, promises_broken_lately FROM pay_habit WHERE company_id = %(company)s
),
moved AS MATERIALIZED (
    SELECT invoice_id, credit_note_id FROM allocation WHERE posting_id = ANY(%(postings)s::bigint[])
)
SELECT customer_id FROM (
    SELECT invoice.customer_id
    FROM (VALUES (0), (%(habit_days)s), (%(trend_days)s), (%(trend_before_days)s)) AS ends (days)
    JOIN invoice ON invoice.company_id = %(company)s AND invoice.open_amount = 0
        AND invoice.settled_on > %(since)s::date - ends.days AND invoice.settled_on <= %(day)s::date - ends.days
    UNION
    -- One that is not settled is only counted (count_coming_invoices), where there is a habit to count it in.
    SELECT customer_id FROM invoice
    WHERE company_id = %(company)s AND posted_on > %(since)s AND posted_on <= %(day)s
        AND (settled_on <= %(day)s OR (customer_id IN (SELECT customer_id FROM standing)) IS FALSE)
    UNION
    SELECT customer_id FROM payment WHERE company_id = %(company)s AND posted_on > %(since)s AND posted_on <= %(day)s
    UNION
    SELECT customer_id FROM invoice WHERE posting_id = ANY(%(postings)s::bigint[])
    UNION
    SELECT customer_id FROM payment WHERE posting_id = ANY(%(postings)s::bigint[])
    UNION
    -- Looked up one by one: joined as sets, all invoices there ever were would be read for those that moved.
    SELECT (SELECT customer_id FROM invoice WHERE id = moved.invoice_id) FROM moved WHERE invoice_id IS NOT NULL
    UNION
    SELECT (SELECT customer_id FROM invoice WHERE id = moved.credit_note_id) FROM moved WHERE credit_note_id IS NOT NULL
    UNION
    SELECT invoice.customer_id FROM invoice_correction AS c JOIN invoice ON invoice.id = c.invoice_id
    WHERE c.posting_id = ANY(%(postings)s::bigint[])
    UNION
    SELECT customer_id
    FROM promised FULL JOIN standing USING (customer_id)
    WHERE coalesce(kept, 0) <> coalesce(promises_kept, 0) OR coalesce(due, 0) <> coalesce(promises_due, 0)
        OR coalesce(broken_lately, 0) <> coalesce(promises_broken_lately, 0)
) AS found
WHERE %(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s
