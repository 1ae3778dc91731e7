-- The customers of whose disputes one was lodged, closed or given another amount since a moment: nothing else of a dispute changes what
-- figures of any day are made of.
-- Parameters: company (id), since (moment).
-- Relies on dispute_by_lodging, dispute_closed_by_moment, dispute_amount_by_moment: the disputes of a day are read, and not all.
-- Rows: one a customer.
SELECT customer_id FROM dispute WHERE company_id = %(company)s AND lodged_at >= %(since)s
UNION
SELECT customer_id FROM dispute WHERE company_id = %(company)s AND closed_at >= %(since)s
UNION
SELECT dispute.customer_id
FROM dispute_amount AS earlier JOIN dispute ON dispute.id = earlier.dispute_id
WHERE earlier.until >= %(since)s AND dispute.company_id = %(company)s
ORDER BY customer_id
