-- Goes on from place_customers: ``standing``, every open item with its age in days and what of it is in dispute, never more than
-- what is open.
-- Parameters: those of place_customers.
-- Rows: one an open item.
, standing AS (
    SELECT item.customer_id, item.currency, item.part, item.amount,
        coalesce(%(day)s::date - item.due_on, 0) AS age,
        CASE WHEN contested.amount IS NOT NULL THEN least(item.amount, contested.amount) END AS disputed
    FROM item LEFT JOIN contested ON contested.invoice_id = item.id AND item.part = 'aged'
)
