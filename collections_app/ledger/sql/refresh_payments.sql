-- Writes what of each payment is not yet set against invoices. A receipt that was reversed has nothing left, and the
-- reversal itself never has: the two cancel each other.
-- Parameters: posting and company are ids; one of them is given, the other is NULL.
-- Relies on: allocation_of_posting and payment_of_posting (BRIN), allocation_by_payment.
-- Rows written: only those whose figure changes, so a second run writes none.
WITH touched AS (
    SELECT id FROM payment WHERE company_id = %(company)s
    UNION
    SELECT payment_id FROM allocation WHERE posting_id = %(posting)s AND payment_id IS NOT NULL
    UNION
    SELECT id FROM payment WHERE posting_id = %(posting)s AND kind = 'reversal'
    UNION
    SELECT reverses_id FROM payment WHERE posting_id = %(posting)s AND kind = 'reversal'
),
used AS (
    SELECT touched.id, sum(a.effect) AS amount
    FROM touched
    JOIN allocation a ON a.payment_id = touched.id
    GROUP BY touched.id
),
derived AS (
    SELECT payment.id,
           CASE WHEN payment.kind = 'reversal' THEN 0
                ELSE payment.amount - coalesce(used.amount, 0)
                     - CASE WHEN undone.id IS NULL THEN 0 ELSE payment.amount END
           END AS unallocated_amount
    FROM touched
    JOIN payment ON payment.id = touched.id
    LEFT JOIN payment undone ON undone.reverses_id = payment.id
    LEFT JOIN used ON used.id = touched.id
)
UPDATE payment
SET unallocated_amount = derived.unallocated_amount
FROM derived
WHERE payment.id = derived.id AND payment.unallocated_amount <> derived.unallocated_amount
