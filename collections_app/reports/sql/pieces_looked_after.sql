-- The customers that somebody looks after. Parameters: company, zone (unused), day, customers (ids, an array; NULL for all).
-- Relies on assignment by customer. Rows: one a customer.
WITH piece AS (
    SELECT customer.id, '' AS number, customer.id AS customer_id, customer.currency, assignment.day AS on_day,
        coalesce(segment.name, '') AS about, NULL::numeric AS amount
    FROM customer_assignment AS assignment
    JOIN customer ON customer.id = assignment.customer_id
    LEFT JOIN segment ON segment.id = assignment.segment_id
    WHERE assignment.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR assignment.customer_id = ANY(%(customers)s::bigint[]))
)
