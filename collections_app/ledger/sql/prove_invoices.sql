-- Invoices whose open amount or day of settlement is not what their allocations and corrections say.
-- A credit note is used up from both sides: as the thing settled, and as the source.
-- Parameters: company, an id or NULL for all; invoices, an array of ids or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans, each table read once; for a few invoices the indexes on allocation.invoice_id and .credit_note_id.
-- Rows: at most rows_max a code; found says how many there are.
WITH undone AS MATERIALIZED (
    SELECT reverses_id AS id FROM allocation WHERE reverses_id IS NOT NULL
),
part AS (
    SELECT invoice_id AS id, effect, CASE WHEN side = 'settles' AND id NOT IN (SELECT id FROM undone) THEN posted_on END AS settles_on
    FROM allocation
    WHERE invoice_id IS NOT NULL AND (%(company)s IS NULL OR company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR invoice_id = ANY(%(invoices)s::bigint[]))
    UNION ALL
    SELECT credit_note_id, effect, CASE WHEN side = 'settles' AND id NOT IN (SELECT id FROM undone) THEN posted_on END
    FROM allocation
    WHERE credit_note_id IS NOT NULL AND (%(company)s IS NULL OR company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR credit_note_id = ANY(%(invoices)s::bigint[]))
),
used AS (
    SELECT id, sum(effect) AS amount, max(settles_on) AS last_on FROM part GROUP BY id
),
newest AS (
    SELECT DISTINCT ON (invoice_id) invoice_id, amount_to, due_to
    FROM invoice_correction
    WHERE %(invoices)s::bigint[] IS NULL OR invoice_id = ANY(%(invoices)s::bigint[])
    ORDER BY invoice_id, recorded_at DESC, id DESC
),
problem AS (
    SELECT CASE WHEN left_open < 0 THEN 'settled_too_much'
                WHEN left_open > i.amount THEN 'restored_too_much'
                WHEN left_open <> i.open_amount THEN 'open_amount'
                ELSE 'settled_on'
           END AS code,
           i.company_id, i.customer_id, i.kind, i.number, i.currency, i.open_amount AS stated, left_open AS derived,
           i.settled_on AS stated_on, coalesce(used.last_on, i.posted_on) AS derived_on
    FROM invoice i LEFT JOIN used ON used.id = i.id
    CROSS JOIN LATERAL (SELECT CASE WHEN used.id IS NULL THEN i.amount ELSE i.amount - used.amount END AS left_open) AS derived
    WHERE (left_open <> i.open_amount OR left_open > i.amount
            OR (left_open = 0 AND i.settled_on IS DISTINCT FROM coalesce(used.last_on, i.posted_on)))
        AND (%(company)s IS NULL OR i.company_id = %(company)s)
        AND (%(invoices)s::bigint[] IS NULL OR i.id = ANY(%(invoices)s::bigint[]))
    UNION ALL
    SELECT 'corrected_amount', i.company_id, i.customer_id, i.kind, i.number, i.currency, i.amount, n.amount_to, NULL, NULL
    FROM newest n JOIN invoice i ON i.id = n.invoice_id
    WHERE n.amount_to <> i.amount AND (%(company)s IS NULL OR i.company_id = %(company)s)
    UNION ALL
    SELECT 'corrected_due_on', i.company_id, i.customer_id, i.kind, i.number, i.currency, NULL, NULL, i.due_on, n.due_to
    FROM newest n JOIN invoice i ON i.id = n.invoice_id
    WHERE n.due_to IS DISTINCT FROM i.due_on AND (%(company)s IS NULL OR i.company_id = %(company)s)
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS found,
           row_number() OVER (PARTITION BY code ORDER BY company_id, customer_id, number) AS place
    FROM problem
)
SELECT counted.*, company.code AS company, customer.number AS customer, customer.name AS customer_name
FROM counted
JOIN company ON company.id = counted.company_id
JOIN customer ON customer.id = counted.customer_id
WHERE place <= %(rows_max)s
ORDER BY counted.code, place
