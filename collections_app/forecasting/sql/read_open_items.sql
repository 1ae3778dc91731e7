-- What is open and owed on a day, with what of it is disputed and promised, and the instalments of a running promise.
-- Goes on from measure_positions (items, standing). Without a due date it counts from its issue.
-- Parameters: those of positions.params.
-- Rows: one an open invoice, by customer.
planned AS (
    SELECT line.invoice_id, array_agg(each.amount - each.paid_amount ORDER BY each.number)::float8[] AS amounts,
        array_agg(each.promised_on ORDER BY each.number) AS promised_on,
        array_agg(each.grace_ends_on ORDER BY each.number) AS grace_ends_on
    FROM promise
    JOIN promised_invoice AS line ON line.promise_id = promise.id
    JOIN promise_instalment AS each ON each.promise_id = promise.id
    CROSS JOIN moment
    WHERE promise.company_id = %(company)s AND promise.recorded_at < day_ends_at
        AND (promise.state = 'running' OR promise.settled_on > %(day)s)
        AND each.grace_ends_on >= %(day)s AND each.amount > each.paid_amount
        AND (NOT %(by_ids)s OR promise.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR promise.customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY line.invoice_id
)
SELECT part.id AS invoice_id, part.customer_id, part.currency, coalesce(part.due_on, invoice.issued_on) AS due_on,
    part.due_on IS NOT NULL AS has_due_date, part.open, coalesce(part.disputed, 0) AS disputed,
    coalesce(part.promised, 0) AS promised, planned.amounts, planned.promised_on, planned.grace_ends_on
FROM part
JOIN invoice ON invoice.id = part.id
LEFT JOIN planned ON planned.invoice_id = part.id
WHERE part.owed
ORDER BY part.customer_id, due_on
