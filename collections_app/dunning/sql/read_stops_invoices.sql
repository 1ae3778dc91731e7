-- How invoices stand: what is open, and disputed or promised of it, with the day of the promise's instalment and the last
-- day on which that is kept. Goes on from measure_positions (items, standing), so that the amounts are those of positions.
-- Parameters: invoices (array of ids, NULL for all that are owed), and those of measure_positions.
-- Indexes: invoice_has_one_running_promise, and those of measure_positions. Rows: one an open invoice.
found AS (
    SELECT part.customer_id, part.id, part.open, coalesce(part.disputed, 0) AS disputed, coalesce(part.promised, 0) AS promised,
        promise.promised_on, instalment.grace_ends_on
    FROM part
    LEFT JOIN promised_invoice AS line ON line.invoice_id = part.id AND line.is_running
    LEFT JOIN promise ON promise.id = line.promise_id
    LEFT JOIN promise_instalment AS instalment
        ON instalment.promise_id = promise.id AND instalment.promised_on = promise.promised_on
    WHERE part.owed AND (%(invoices)s::bigint[] IS NULL OR part.id = ANY(%(invoices)s::bigint[]))
)
SELECT * FROM found
