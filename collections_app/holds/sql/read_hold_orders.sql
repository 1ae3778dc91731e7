-- The orders in hand of customers, as they come before each other, and whether each goes: checked, and not on hold.
-- Parameters: company (id), customers (array of ids). Indexes: order_in_hand_by_customer, order_is_held_once_at_a_time.
-- Rows: one an order in hand.
SELECT ordered.id, ordered.customer_id, ordered.currency, ordered.amount, ordered.placed_on,
    ordered.checked_at IS NOT NULL AND hold.id IS NULL AS is_free
FROM customer_order AS ordered
LEFT JOIN order_hold AS hold ON hold.order_id = ordered.id AND hold.ended_at IS NULL
WHERE ordered.company_id = %(company)s AND ordered.state = 'in_hand' AND ordered.customer_id = ANY(%(customers)s::bigint[])
ORDER BY ordered.placed_on, ordered.id
