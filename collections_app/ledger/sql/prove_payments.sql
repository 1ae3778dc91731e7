-- Payments whose unallocated amount is not what their allocations say, and reversals that do not undo a whole receipt.
-- A reversed receipt has nothing left and nothing set against invoices; the reversal itself never has anything left.
-- Parameters: company, an id or NULL for all; payments, an array of ids or NULL for all; rows_max, how many to name of each kind.
-- Relies on: whole scans, each table read once; for a few payments allocation_by_payment and the unique payment.reverses_id.
-- Rows: at most rows_max a code; found says how many there are.
WITH undoing AS MATERIALIZED (
    SELECT * FROM payment
    WHERE reverses_id IS NOT NULL
        AND (%(payments)s::bigint[] IS NULL OR reverses_id = ANY(%(payments)s::bigint[]) OR id = ANY(%(payments)s::bigint[]))
),
used AS (
    SELECT payment_id AS id, sum(effect) AS amount
    FROM allocation
    WHERE payment_id IS NOT NULL AND (%(company)s IS NULL OR company_id = %(company)s)
        AND (%(payments)s::bigint[] IS NULL OR payment_id = ANY(%(payments)s::bigint[]))
    GROUP BY payment_id
),
problem AS (
    SELECT CASE WHEN is_reversed AND used_amount <> 0 THEN 'reversed_but_allocated'
                WHEN left_over < 0 THEN 'allocated_too_much'
                WHEN left_over > p.amount THEN 'returned_too_much'
                ELSE 'unallocated_amount'
           END AS code,
           p.company_id, p.customer_id, p.kind, p.number, p.currency, p.unallocated_amount AS stated,
           CASE WHEN is_reversed AND used_amount <> 0 THEN used_amount ELSE left_over END AS derived
    FROM payment p
    LEFT JOIN used ON used.id = p.id
    LEFT JOIN undoing ON undoing.reverses_id = p.id
    CROSS JOIN LATERAL (
        SELECT coalesce(used.amount, 0) AS used_amount, undoing.id IS NOT NULL AS is_reversed,
               CASE WHEN p.kind = 'reversal' THEN -coalesce(used.amount, 0)
                    WHEN undoing.id IS NOT NULL THEN p.amount - coalesce(used.amount, 0) - undoing.amount
                    WHEN used.amount IS NOT NULL THEN p.amount - used.amount
                    ELSE p.amount
               END AS left_over
    ) AS derived
    WHERE (left_over <> p.unallocated_amount OR left_over > p.amount OR (is_reversed AND used_amount <> 0))
        AND (%(company)s IS NULL OR p.company_id = %(company)s)
        AND (%(payments)s::bigint[] IS NULL OR p.id = ANY(%(payments)s::bigint[]))
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
