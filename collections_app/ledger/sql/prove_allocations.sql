-- Allocations whose rows do not belong together: other companies, currencies or families of customers; a debt that is
-- used up as if it were a credit note. A parent may pay for its subsidiaries, so customers with one common ancestor may
-- settle each other's invoices.
-- Parameters: company, an id or NULL for all; invoices and payments, arrays of ids or NULL for all; rows_max, how many to
-- name of each kind.
-- Relies on: whole scans, the few credit notes apart; for a few documents the indexes on allocation.invoice_id,
-- .credit_note_id and allocation_by_payment. Rows: at most rows_max a code; found says how many there are.
WITH RECURSIVE family AS (
    SELECT id, id AS eldest_id FROM customer WHERE parent_id IS NULL
    UNION ALL
    SELECT customer.id, family.eldest_id FROM customer JOIN family ON family.id = customer.parent_id
),
looked_at AS NOT MATERIALIZED (
    SELECT id, company_id, currency, amount, invoice_id, credit_note_id, payment_id, posting_id FROM allocation
    WHERE (%(company)s IS NULL OR company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR invoice_id = ANY(%(invoices)s::bigint[])
             OR credit_note_id = ANY(%(invoices)s::bigint[]) OR payment_id = ANY(%(payments)s::bigint[]))
),
paired AS (
    SELECT a.*, i.company_id AS other_company_id, i.currency AS other_currency, i.customer_id, p.customer_id AS source_customer_id,
           p.company_id AS source_company_id, p.currency AS source_currency, NULL AS source_kind,
           coalesce(i.kind, p.kind) AS kind, coalesce(i.number, p.number) AS number
    FROM looked_at a
    LEFT JOIN invoice i ON i.id = a.invoice_id
    LEFT JOIN payment p ON p.id = a.payment_id
    WHERE a.credit_note_id IS NULL
    UNION ALL
    SELECT a.*, i.company_id, i.currency, i.customer_id, c.customer_id, c.company_id, c.currency, c.kind, i.kind, i.number
    FROM looked_at a
    JOIN invoice c ON c.id = a.credit_note_id
    LEFT JOIN invoice i ON i.id = a.invoice_id
),
suspect AS MATERIALIZED (
    SELECT paired.*, posting.company_id AS posting_company_id
    FROM paired LEFT JOIN posting ON posting.id = paired.posting_id
    WHERE paired.company_id <> other_company_id OR paired.company_id <> source_company_id
        OR posting.company_id IS DISTINCT FROM paired.company_id
        OR paired.currency <> other_currency OR paired.currency <> source_currency
        OR customer_id <> source_customer_id OR source_kind <> 'credit_note'
),
problem AS (
    SELECT kinds.code, s.id, s.company_id, coalesce(s.customer_id, s.source_customer_id) AS customer_id,
           s.kind, s.number, s.currency, s.amount
    FROM suspect s
    LEFT JOIN family one ON one.id = s.customer_id
    LEFT JOIN family other ON other.id = s.source_customer_id
    CROSS JOIN LATERAL (
        VALUES ('allocation_company', s.company_id <> s.other_company_id OR s.company_id <> s.source_company_id
                                      OR s.posting_company_id IS DISTINCT FROM s.company_id),
               ('allocation_currency', s.currency <> s.other_currency OR s.currency <> s.source_currency),
               ('allocation_customer', s.customer_id <> s.source_customer_id AND one.eldest_id IS DISTINCT FROM other.eldest_id),
               ('allocation_of_a_debt', s.source_kind <> 'credit_note')
    ) AS kinds (code, is_so)
    WHERE kinds.is_so
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS found,
           row_number() OVER (PARTITION BY code ORDER BY company_id, customer_id, number, id) AS place
    FROM problem
)
SELECT counted.code, counted.kind, counted.number, counted.currency, counted.amount AS stated, NULL::numeric AS derived,
       counted.found, company.code AS company, customer.number AS customer, customer.name AS customer_name,
       NULL::date AS stated_on, NULL::date AS derived_on
FROM counted
LEFT JOIN company ON company.id = counted.company_id
LEFT JOIN customer ON customer.id = counted.customer_id
WHERE place <= %(rows_max)s
ORDER BY counted.code, place
