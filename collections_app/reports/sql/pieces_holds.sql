-- The orders that wait at a moment, as they are now. Parameters: company, zone (IANA name), until (the moment), customers (ids,
-- an array; NULL for all). Relies on hold_standing_by_customer, hold_by_end. Rows: one a hold.
WITH piece AS (
    SELECT ordered.id, ordered.number, ordered.customer_id, ordered.currency, (hold.held_at AT TIME ZONE %(zone)s)::date AS on_day,
        '' AS about, ordered.amount
    FROM order_hold AS hold JOIN customer_order AS ordered ON ordered.id = hold.order_id
    WHERE hold.company_id = %(company)s AND hold.held_at <= %(until)s AND (hold.ended_at IS NULL OR hold.ended_at > %(until)s)
        AND (%(customers)s::bigint[] IS NULL OR hold.customer_id = ANY(%(customers)s::bigint[]))
)
