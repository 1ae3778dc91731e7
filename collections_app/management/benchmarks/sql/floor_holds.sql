-- The floor of the charts of orders: holds that stand, and releases, by hand.
-- Parameters: company (id).
-- Rows: two.
SELECT 'holds' AS what, count(*) AS number FROM order_hold WHERE company_id = %(company)s AND ended_at IS NULL
UNION ALL
SELECT 'releases', count(*) FROM order_release WHERE company_id = %(company)s AND state IN ('granted', 'ended')
