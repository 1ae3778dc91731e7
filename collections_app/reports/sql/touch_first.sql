-- Goes on from place_customers: of the invoices that became overdue in a period, how many days after their due date we first
-- tried to reach the customer (a conversation or attempt of ours, or a message that left), about that invoice or about the
-- customer as a whole. ``untouched`` are those still open at the end of the period with no touch yet: their days so far.
-- Parameters: those of place_customers, since (the first day of the period), and touched_until, a moment or NULL: no touch
-- written down after it, as a figure was read that was kept.
-- Relies on: contact_log_by_customer, message by customer; one pass over the company's invoices.
-- Rows: one a collector, kind and number of days.
, overdue AS (
    SELECT id, customer_id, due_on, settled_on FROM invoice
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND due_on >= %(since)s::date - 1 AND due_on < %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
        AND posted_on <= %(day)s AND (settled_on IS NULL OR settled_on > due_on)
),
touch AS (
    SELECT l.id, l.customer_id, (l.at AT TIME ZONE %(zone)s)::date AS on_day, n.invoice_id
    FROM contact_log l LEFT JOIN contact_log_invoice n ON n.contact_log_id = l.id
    WHERE l.company_id = %(company)s AND (%(customers)s::bigint[] IS NULL OR l.customer_id = ANY(%(customers)s::bigint[]))
        AND l.direction = 'out' AND (l.withdrawn_at IS NULL OR l.withdrawn_at > %(touched_until)s)
        AND (%(touched_until)s::timestamptz IS NULL OR l.written_at IS NULL OR l.written_at <= %(touched_until)s)
        AND l.at >= (%(since)s::date - 1)::timestamp AT TIME ZONE %(zone)s
        AND l.at < (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s
    UNION ALL
    SELECT m.id, m.customer_id, (m.sent_at AT TIME ZONE %(zone)s)::date, NULL
    FROM message m
    WHERE m.company_id = %(company)s AND (%(customers)s::bigint[] IS NULL OR m.customer_id = ANY(%(customers)s::bigint[]))
        AND m.audience = 'customer' AND m.sent_at IS NOT NULL
        AND (%(touched_until)s::timestamptz IS NULL OR m.sent_at <= %(touched_until)s)
        AND m.sent_at >= (%(since)s::date - 1)::timestamp AT TIME ZONE %(zone)s
        AND m.sent_at < (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s
),
first_touch AS (
    SELECT o.id, o.customer_id, o.due_on, o.settled_on, min(t.on_day) AS on_day
    FROM overdue o
    LEFT JOIN touch t ON t.customer_id = o.customer_id AND t.on_day > o.due_on
        AND (t.invoice_id IS NULL OR t.invoice_id = o.id) AND (o.settled_on IS NULL OR t.on_day <= o.settled_on)
    GROUP BY o.id, o.customer_id, o.due_on, o.settled_on
)
