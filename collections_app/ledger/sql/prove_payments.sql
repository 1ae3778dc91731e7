-- Payments whose unallocated amount is not what their allocations say, and reversals that do not undo a whole receipt.
-- A reversed receipt has nothing left and nothing set against invoices; the reversal itself never has anything left.
-- Parameters: company, an id or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans; a night's work. Rows: at most rows_max a code; found says how many there are.
WITH undoing AS MATERIALIZED (SELECT * FROM payment WHERE reverses_id IS NOT NULL),
used AS (
    SELECT payment_id AS id, sum(effect) AS amount
    FROM allocation
    WHERE payment_id IS NOT NULL AND (%(company)s IS NULL OR company_id = %(company)s)
    GROUP BY payment_id
),
derived AS (
    SELECT p.*, coalesce(used.amount, 0) AS used_amount, undoing.id IS NOT NULL AS is_reversed,
           CASE WHEN p.kind = 'reversal' THEN -coalesce(used.amount, 0)
                ELSE p.amount - coalesce(used.amount, 0) - coalesce(undoing.amount, 0)
           END AS left_over
    FROM payment p
    LEFT JOIN used ON used.id = p.id
    LEFT JOIN undoing ON undoing.reverses_id = p.id
    WHERE %(company)s IS NULL OR p.company_id = %(company)s
),
problem AS (
    SELECT CASE WHEN is_reversed AND used_amount <> 0 THEN 'reversed_but_allocated'
                WHEN left_over < 0 THEN 'allocated_too_much'
                WHEN left_over > amount THEN 'returned_too_much'
                ELSE 'unallocated_amount'
           END AS code,
           company_id, customer_id, kind, number, currency, unallocated_amount AS stated,
           CASE WHEN is_reversed AND used_amount <> 0 THEN used_amount ELSE left_over END AS derived
    FROM derived
    WHERE left_over <> unallocated_amount OR left_over > amount OR (is_reversed AND used_amount <> 0)
    UNION ALL
    SELECT 'reversal_is_not_whole', r.company_id, r.customer_id, r.kind, r.number, r.currency, r.amount, p.amount
    FROM undoing r JOIN payment p ON p.id = r.reverses_id
    WHERE (r.amount <> p.amount OR r.currency <> p.currency OR r.customer_id <> p.customer_id OR p.kind <> 'receipt')
      AND (%(company)s IS NULL OR r.company_id = %(company)s)
),
counted AS (
    SELECT *, count(*) OVER (PARTITION BY code) AS found,
           row_number() OVER (PARTITION BY code ORDER BY company_id, customer_id, number) AS place
    FROM problem
)
SELECT counted.*, company.code AS company, customer.number AS customer, customer.name AS customer_name,
       NULL::date AS stated_on, NULL::date AS derived_on
FROM counted
JOIN company ON company.id = counted.company_id
JOIN customer ON customer.id = counted.customer_id
WHERE place <= %(rows_max)s
ORDER BY counted.code, place
