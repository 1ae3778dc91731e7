-- The orders of a file that were new or changed: of them the ended ones that were in hand before, and those in hand.
-- Parameters: company (id). Rows: one an order, by customer.
SELECT o.id, o.customer_id, o.state = 'in_hand' AS is_in_hand
FROM stated_order s
JOIN customer_order o ON o.company_id = %(company)s AND o.number = s.number
WHERE (s.is_new OR s.is_changed) AND (o.state = 'in_hand' OR s.known_state = 'in_hand')
ORDER BY o.customer_id, o.id
