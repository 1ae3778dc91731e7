-- Picks the delivery that has been due longest, that nobody else is at and before which nothing waits for the same order at the
-- same address, and notes who is at it. What another worker has locked is passed over, so no two get the same. The pause after
-- this try is noted too: one at which workers die waits as long as one that is not taken, and stands in nobody's way.
-- Parameters: at (moment), leased_until (moment), passed (ids of endpoints to leave out), pauses (seconds after the first try,
-- the second ...; the last one again for more). Index: delivery_due from its
-- beginning, delivery_waiting_by_order. Rows: one or none.
UPDATE webhook_delivery AS delivery
SET leased_until = %(leased_until)s, attempts = delivery.attempts + 1,
    next_attempt_at = %(at)s + make_interval(secs =>
        (%(pauses)s::bigint[])[least(delivery.attempts + 1, cardinality(%(pauses)s::bigint[]))])
WHERE delivery.id = (
    SELECT due.id
    FROM webhook_delivery AS due
    JOIN webhook_endpoint AS endpoint ON endpoint.id = due.endpoint_id AND endpoint.ended_at IS NULL
    JOIN connected_system AS system ON system.id = endpoint.system_id AND system.ended_at IS NULL
    WHERE due.state = 'waiting'
      AND due.next_attempt_at <= %(at)s
      AND (due.leased_until IS NULL OR due.leased_until <= %(at)s)
      AND due.endpoint_id <> ALL (%(passed)s::bigint[])
      AND NOT EXISTS (
          SELECT FROM webhook_delivery AS before
          WHERE before.endpoint_id = due.endpoint_id AND before.order_id = due.order_id
            AND before.state = 'waiting' AND before.id < due.id
      )
    ORDER BY due.next_attempt_at, due.id
    LIMIT 1
    FOR NO KEY UPDATE OF due SKIP LOCKED
)
RETURNING delivery.id
