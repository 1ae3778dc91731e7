-- What customers paid, or were credited, that is not set against anything: in total, less refunds, and the single receipts
-- and credit notes. Goes on from measure_positions (items, standing), so that the total is the cover of positions.
-- Parameters: those of measure_positions. Indexes: payment_unallocated_by_cust, and those of measure_positions.
-- Rows: one a customer and currency with any.
found AS (
    SELECT covered.customer_id, covered.currency, covered.cover AS total, coalesce(piece.amounts, '{}') AS parts
    FROM covered
    LEFT JOIN LATERAL (
        SELECT array_agg(amount) AS amounts
        FROM (
            SELECT payment.unallocated_amount AS amount
            FROM payment
            WHERE payment.company_id = %(company)s AND payment.customer_id = covered.customer_id AND payment.kind = 'receipt'
                AND payment.currency = covered.currency AND payment.unallocated_amount > 0 AND payment.posted_on <= %(day)s
            UNION ALL
            SELECT part.open
            FROM part
            WHERE part.customer_id = covered.customer_id AND part.currency = covered.currency AND NOT part.owed
        ) AS single
    ) AS piece ON true
)
SELECT * FROM found
