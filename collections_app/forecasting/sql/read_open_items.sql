-- What is open and owed on a day, with what of it is disputed and promised, and the instalments of a running promise: in whole
-- columns, an open invoice each, by customer. Goes on from measure_positions (items, standing). Without a due date it counts
-- from its issue. Amounts are in thousandths, days are ordinals (the first of January of the year 1 is 1).
-- Parameters: those of positions.params.
-- Rows: one, of arrays as text; ``plans`` is an object: of each invoice of which something is promised its instalments.
planned AS (
    SELECT line.invoice_id, jsonb_agg(jsonb_build_array(
        each.amount - each.paid_amount, each.promised_on - '0001-01-01'::date + 1, each.grace_ends_on - '0001-01-01'::date + 1
    ) ORDER BY each.number) AS plan
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
),
line AS (
    SELECT part.id, part.customer_id, part.currency, coalesce(part.due_on, invoice.issued_on) - '0001-01-01'::date + 1 AS due,
        (part.due_on IS NOT NULL)::integer AS has_due_date, (part.open * 1000)::bigint AS open,
        (coalesce(part.disputed, 0) * 1000)::bigint AS disputed, (coalesce(part.promised, 0) * 1000)::bigint AS promised,
        CASE WHEN part.promised > 0 THEN planned.plan END AS plan
    FROM part
    JOIN invoice ON invoice.id = part.id
    LEFT JOIN planned ON planned.invoice_id = part.id
    WHERE part.owed
    ORDER BY part.customer_id, due, part.id
)
SELECT array_agg(id)::text AS invoices, array_agg(customer_id)::text AS customers, array_agg(currency)::text AS currencies,
    array_agg(due)::text AS due, array_agg(has_due_date)::text AS has_due_date, array_agg(open)::text AS open,
    array_agg(disputed)::text AS disputed, array_agg(promised)::text AS promised,
    jsonb_object_agg(id, plan) FILTER (WHERE plan IS NOT NULL) AS plans
FROM line
