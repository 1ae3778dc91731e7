-- Invoices whose open amount or day of settlement is not what their allocations and corrections say.
-- A credit note is used up from both sides: as the thing settled, and as the source.
-- Parameters: company, an id or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans; a night's work. Rows: at most rows_max a code; found says how many there are.
WITH part AS (
    SELECT a.invoice_id AS id, a.effect,
           CASE WHEN a.side = 'settles' AND undoing.id IS NULL THEN a.posted_on END AS settles_on
    FROM allocation a LEFT JOIN allocation undoing ON undoing.reverses_id = a.id
    WHERE a.invoice_id IS NOT NULL AND (%(company)s IS NULL OR a.company_id = %(company)s)
    UNION ALL
    SELECT a.credit_note_id, a.effect,
           CASE WHEN a.side = 'settles' AND undoing.id IS NULL THEN a.posted_on END
    FROM allocation a LEFT JOIN allocation undoing ON undoing.reverses_id = a.id
    WHERE a.credit_note_id IS NOT NULL AND (%(company)s IS NULL OR a.company_id = %(company)s)
),
used AS (
    SELECT id, sum(effect) AS amount, max(settles_on) AS last_on FROM part GROUP BY id
),
derived AS (
    SELECT i.*, i.amount - coalesce(used.amount, 0) AS left_open, coalesce(used.last_on, i.posted_on) AS last_on
    FROM invoice i LEFT JOIN used ON used.id = i.id
    WHERE %(company)s IS NULL OR i.company_id = %(company)s
),
newest AS (
    SELECT DISTINCT ON (invoice_id) invoice_id, amount_to, due_to
    FROM invoice_correction ORDER BY invoice_id, recorded_at DESC, id DESC
),
problem AS (
    SELECT CASE WHEN left_open < 0 THEN 'settled_too_much'
                WHEN left_open > amount THEN 'restored_too_much'
                WHEN left_open <> open_amount THEN 'open_amount'
                ELSE 'settled_on'
           END AS code,
           company_id, customer_id, kind, number, currency, open_amount AS stated, left_open AS derived,
           settled_on AS stated_on, last_on AS derived_on
    FROM derived
    WHERE left_open <> open_amount OR left_open > amount OR (left_open = 0 AND settled_on IS DISTINCT FROM last_on)
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
