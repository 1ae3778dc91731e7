-- Documents that a posting of another company recorded, or none; and undoings of an allocation that they do not match.
-- That a document's customer is of its company is held by a key of the database, and not proven again.
-- Parameters: company, an id or NULL for all; invoices and payments, arrays of ids or NULL for all; rows_max, how many to
-- name of each kind.
-- Relies on: whole scans; for a few documents their keys. Rows: at most rows_max a code; found says how many there are.
WITH undoing AS MATERIALIZED (
    SELECT * FROM allocation
    WHERE reverses_id IS NOT NULL AND (%(company)s IS NULL OR company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR invoice_id = ANY(%(invoices)s::bigint[])
             OR credit_note_id = ANY(%(invoices)s::bigint[]) OR payment_id = ANY(%(payments)s::bigint[]))
),
problem AS (
    SELECT 'document_company' AS code, i.id, i.company_id, i.customer_id, i.kind, i.number, i.currency, i.amount
    FROM invoice i LEFT JOIN posting ON posting.id = i.posting_id
    WHERE posting.company_id IS DISTINCT FROM i.company_id AND (%(company)s IS NULL OR i.company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR i.id = ANY(%(invoices)s::bigint[]))
    UNION ALL
    SELECT 'document_company', p.id, p.company_id, p.customer_id, p.kind, p.number, p.currency, p.amount
    FROM payment p LEFT JOIN posting ON posting.id = p.posting_id
    WHERE posting.company_id IS DISTINCT FROM p.company_id AND (%(company)s IS NULL OR p.company_id = %(company)s)
        AND (%(payments)s::bigint[] IS NULL OR p.id = ANY(%(payments)s::bigint[]))
    UNION ALL
    SELECT 'allocation_undone', a.id, a.company_id, coalesce(i.customer_id, p.customer_id), coalesce(i.kind, p.kind),
           coalesce(i.number, p.number), a.currency, a.amount
    FROM undoing a
    LEFT JOIN allocation undone ON undone.id = a.reverses_id
    LEFT JOIN invoice i ON i.id = a.invoice_id
    LEFT JOIN payment p ON p.id = a.payment_id
    WHERE undone.side <> 'settles' OR undone.amount <> a.amount OR undone.invoice_id IS DISTINCT FROM a.invoice_id
        OR undone.payment_id IS DISTINCT FROM a.payment_id OR undone.credit_note_id IS DISTINCT FROM a.credit_note_id
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
