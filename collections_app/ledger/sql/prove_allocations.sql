-- Rows that do not belong together: other companies, currencies or families of customers; an undoing that is not whole.
-- A parent may pay for its subsidiaries, so customers with one common ancestor may settle each other's invoices.
-- Parameters: company, an id or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans; a night's work. Rows: at most rows_max a code; found says how many there are.
WITH RECURSIVE family AS (
    SELECT id, id AS eldest_id FROM customer WHERE parent_id IS NULL
    UNION ALL
    SELECT customer.id, family.eldest_id FROM customer JOIN family ON family.id = customer.parent_id
),
side AS (
    SELECT a.id, a.company_id, a.currency, a.amount, a.posting_id,
           coalesce(i.id, p.id) AS document_id,
           coalesce(i.company_id, p.company_id) AS target_company_id,
           coalesce(c.company_id, p.company_id, i.company_id) AS source_company_id,
           coalesce(i.currency, p.currency) AS target_currency,
           coalesce(c.currency, p.currency, i.currency) AS source_currency,
           coalesce(i.customer_id, p.customer_id) AS customer_id,
           coalesce(c.customer_id, p.customer_id, i.customer_id) AS source_customer_id,
           coalesce(i.kind, p.kind) AS kind, coalesce(i.number, p.number) AS number
    FROM allocation a
    LEFT JOIN invoice i ON i.id = a.invoice_id
    LEFT JOIN invoice c ON c.id = a.credit_note_id
    LEFT JOIN payment p ON p.id = a.payment_id
    WHERE %(company)s IS NULL OR a.company_id = %(company)s
),
problem AS (
    SELECT 'allocation_company' AS code, side.* FROM side
    WHERE company_id <> target_company_id OR company_id <> source_company_id
    UNION ALL
    SELECT 'allocation_currency', side.* FROM side
    WHERE currency <> target_currency OR currency <> source_currency
    UNION ALL
    SELECT 'allocation_customer', side.*
    FROM side
    LEFT JOIN family one ON one.id = side.customer_id
    LEFT JOIN family other ON other.id = side.source_customer_id
    WHERE side.customer_id <> side.source_customer_id AND one.eldest_id IS DISTINCT FROM other.eldest_id
    UNION ALL
    SELECT 'allocation_undone', side.*
    FROM side
    JOIN allocation undoing ON undoing.id = side.id
    JOIN allocation undone ON undone.id = undoing.reverses_id
    WHERE undone.side <> 'settles' OR undone.amount <> undoing.amount
       OR (undone.invoice_id, undone.payment_id, undone.credit_note_id)
          IS DISTINCT FROM (undoing.invoice_id, undoing.payment_id, undoing.credit_note_id)
    UNION ALL
    SELECT 'allocation_of_a_debt', side.*
    FROM side JOIN allocation a ON a.id = side.id JOIN invoice c ON c.id = a.credit_note_id
    WHERE c.kind <> 'credit_note'
    UNION ALL
    SELECT 'document_company', i.id, i.company_id, i.currency, i.amount, i.posting_id, i.id, i.company_id, i.company_id,
           i.currency, i.currency, i.customer_id, i.customer_id, i.kind, i.number
    FROM (
        SELECT id, company_id, currency, amount, posting_id, customer_id, kind, number FROM invoice
        UNION ALL
        SELECT id, company_id, currency, amount, posting_id, customer_id, kind, number FROM payment
    ) AS i
    JOIN customer ON customer.id = i.customer_id
    JOIN posting ON posting.id = i.posting_id
    WHERE (customer.company_id <> i.company_id OR posting.company_id <> i.company_id)
      AND (%(company)s IS NULL OR i.company_id = %(company)s)
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
JOIN company ON company.id = counted.company_id
JOIN customer ON customer.id = counted.customer_id
WHERE place <= %(rows_max)s
ORDER BY counted.code, place
