-- Rows that do not belong together: other companies, currencies or families of customers; an undoing that is not whole.
-- A parent may pay for its subsidiaries, so customers with one common ancestor may settle each other's invoices.
-- Parameters: company, an id or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans; a night's work. Rows: at most rows_max a code; found says how many there are.
WITH RECURSIVE family AS (
    SELECT id, id AS eldest_id FROM customer WHERE parent_id IS NULL
    UNION ALL
    SELECT customer.id, family.eldest_id FROM customer JOIN family ON family.id = customer.parent_id
),
suspect AS (
    SELECT a.id, a.company_id, a.currency, a.amount,
           coalesce(i.customer_id, p.customer_id) AS customer_id,
           coalesce(c.customer_id, p.customer_id) AS source_customer_id,
           coalesce(i.kind, p.kind) AS kind, coalesce(i.number, p.number) AS number,
           a.company_id <> i.company_id OR a.company_id <> p.company_id OR a.company_id <> c.company_id
               OR posting.company_id IS DISTINCT FROM a.company_id AS is_of_companies,
           a.currency <> i.currency OR a.currency <> p.currency OR a.currency <> c.currency AS is_of_currencies,
           undone.id IS NOT NULL
               AND (undone.side <> 'settles' OR undone.amount <> a.amount
               OR undone.invoice_id IS DISTINCT FROM a.invoice_id OR undone.payment_id IS DISTINCT FROM a.payment_id
               OR undone.credit_note_id IS DISTINCT FROM a.credit_note_id) AS is_other_than_undone,
           c.kind <> 'credit_note' AS is_of_a_debt
    FROM allocation a
    LEFT JOIN invoice i ON i.id = a.invoice_id
    LEFT JOIN invoice c ON c.id = a.credit_note_id
    LEFT JOIN payment p ON p.id = a.payment_id
    LEFT JOIN posting ON posting.id = a.posting_id
    LEFT JOIN allocation undone ON undone.id = a.reverses_id
    WHERE (%(company)s IS NULL OR a.company_id = %(company)s)
      AND (a.reverses_id IS NOT NULL OR c.kind <> 'credit_note'
           OR a.company_id <> i.company_id OR a.company_id <> p.company_id OR a.company_id <> c.company_id
           OR posting.company_id IS DISTINCT FROM a.company_id
           OR a.currency <> i.currency OR a.currency <> p.currency OR a.currency <> c.currency
           OR i.customer_id <> coalesce(c.customer_id, p.customer_id))
),
problem AS (
    SELECT kinds.code, s.id, s.company_id, s.customer_id, s.kind, s.number, s.currency, s.amount
    FROM suspect s
    LEFT JOIN family one ON one.id = s.customer_id
    LEFT JOIN family other ON other.id = s.source_customer_id
    CROSS JOIN LATERAL (
        VALUES ('allocation_company', s.is_of_companies), ('allocation_currency', s.is_of_currencies),
               ('allocation_customer', s.customer_id <> s.source_customer_id
                                       AND one.eldest_id IS DISTINCT FROM other.eldest_id),
               ('allocation_undone', s.is_other_than_undone),
               ('allocation_of_a_debt', s.is_of_a_debt)
    ) AS kinds (code, is_so)
    WHERE kinds.is_so
    UNION ALL
    SELECT 'document_company', d.id, d.company_id, d.customer_id, d.kind, d.number, d.currency, d.amount
    FROM (
        SELECT id, company_id, currency, amount, posting_id, customer_id, kind, number FROM invoice
        UNION ALL
        SELECT id, company_id, currency, amount, posting_id, customer_id, kind, number FROM payment
    ) AS d
    LEFT JOIN customer ON customer.id = d.customer_id AND customer.company_id = d.company_id
    LEFT JOIN posting ON posting.id = d.posting_id AND posting.company_id = d.company_id
    WHERE (customer.id IS NULL OR posting.id IS NULL)
      AND (%(company)s IS NULL OR d.company_id = %(company)s)
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
