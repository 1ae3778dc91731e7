-- Holds that began or ended since an address is told of them, and that it was not told of yet. One that ended because the order
-- was delivered or cancelled is no news to whoever states orders. What a transaction that ended late wrote is found by the
-- next look, since nothing is skipped that was looked past.
-- Parameters: since (moment, how far back), most (rows). Indexes: hold_by_moment, hold_by_end, hold_is_told_once_at_an_address.
-- Rows: at most ``most``, in the order in which they happened.
SELECT endpoint.id AS endpoint_id, untold.hold_id, untold.order_id, untold.kind, untold.at
FROM webhook_endpoint AS endpoint
JOIN connected_system AS system ON system.id = endpoint.system_id AND system.ended_at IS NULL
JOIN connected_system_company AS sees ON sees.system_id = system.id
JOIN LATERAL (
    SELECT hold.id AS hold_id, hold.order_id, 'order.held' AS kind, hold.held_at AS at
    FROM order_hold AS hold
    WHERE hold.company_id = sees.company_id AND hold.held_at >= greatest(endpoint.made_at, %(since)s)
    UNION ALL
    SELECT hold.id, hold.order_id, 'order.freed', hold.ended_at
    FROM order_hold AS hold
    WHERE hold.company_id = sees.company_id AND hold.ended_at >= greatest(endpoint.made_at, %(since)s)
      AND hold.ending IN ('facts', 'release')
) AS untold ON true
WHERE endpoint.ended_at IS NULL
  AND NOT EXISTS (
      SELECT FROM webhook_delivery AS told
      WHERE told.endpoint_id = endpoint.id AND told.hold_id = untold.hold_id AND told.kind = untold.kind
  )
ORDER BY untold.at, untold.hold_id, untold.kind DESC
LIMIT %(most)s
