-- Part of measure_positions: what each open item adds, summed by customer and currency, and what is to be asked for first.
-- The disputed part comes first, the promised part is of what is left: nothing is taken off twice.
part AS (
    SELECT item.id, item.customer_id, item.currency, item.due_on, item.open, item.kind <> 'credit_note' AS owed,
        coalesce(item.due_on <= %(day)s, false) AS is_due,
        -- NULL where nothing is, as for nearly all: what is not there need not be added up.
        CASE WHEN contested.amount IS NOT NULL THEN least(item.open, contested.amount) END AS disputed,
        CASE WHEN awaited.amount IS NOT NULL
            THEN least(item.open - least(item.open, coalesce(contested.amount, 0)), awaited.amount) END AS promised
    FROM item
    LEFT JOIN contested ON contested.invoice_id = item.id
    LEFT JOIN awaited ON awaited.invoice_id = item.id
    WHERE item.open > 0
),
standing AS (
    SELECT customer_id, currency,
        coalesce(sum(open) FILTER (WHERE owed AND due_on < %(day)s), 0) AS overdue,
        coalesce(sum(open) FILTER (WHERE owed AND due_on = %(day)s), 0) AS due_today,
        coalesce(sum(open) FILTER (WHERE owed AND NOT is_due), 0) AS not_due,
        coalesce(sum(open) FILTER (WHERE NOT owed), 0) AS credits,
        coalesce(sum(disputed) FILTER (WHERE owed AND is_due), 0) AS disputed,
        coalesce(sum(promised) FILTER (WHERE owed AND is_due), 0) AS promised,
        count(*) FILTER (WHERE owed) AS open_count,
        count(*) FILTER (WHERE owed AND due_on < %(day)s) AS overdue_count,
        count(*) FILTER (WHERE owed AND due_on < %(day)s AND due_on >= %(day)s::date - %(new_days)s) AS new_overdue_count,
        min(due_on) FILTER (WHERE owed AND is_due AND (disputed IS NULL AND promised IS NULL
            OR open > coalesce(disputed, 0) + coalesce(promised, 0))) AS first_due_on,
        min(due_on) FILTER (WHERE owed AND NOT is_due) AS next_due_on,
        max(open) FILTER (WHERE owed AND NOT is_due AND due_on <= %(day)s::date + %(soon_days)s) AS soon_amount
    FROM part GROUP BY customer_id, currency
),
receipt AS (
    SELECT customer_id, currency, sum(CASE WHEN kind = 'receipt' THEN amount ELSE -amount END) AS unallocated
    FROM (
        SELECT p.customer_id, p.currency, p.kind, p.unallocated_amount + coalesce(l.amount, 0) AS amount
        FROM payment AS p LEFT JOIN later_by_payment AS l ON l.id = p.id
        WHERE p.company_id = %(company)s AND p.unallocated_amount > 0 AND p.posted_on <= %(day)s
            AND (NOT %(by_ids)s OR p.customer_id = ANY(%(customers)s::bigint[]))
            AND (%(first)s::bigint IS NULL OR p.customer_id BETWEEN %(first)s AND %(last)s)
        UNION ALL
        SELECT p.customer_id, p.currency, p.kind, l.amount
        FROM later_by_payment AS l JOIN payment AS p ON p.id = l.id
        WHERE p.company_id = %(company)s AND p.unallocated_amount = 0 AND p.posted_on <= %(day)s
            AND p.kind <> 'reversal'
            AND (NOT %(by_ids)s OR p.customer_id = ANY(%(customers)s::bigint[]))
            AND (%(first)s::bigint IS NULL OR p.customer_id BETWEEN %(first)s AND %(last)s)
    ) AS money
    GROUP BY customer_id, currency
    HAVING sum(CASE WHEN kind = 'receipt' THEN amount ELSE -amount END) <> 0
),
whole AS (
    SELECT customer_id, currency, coalesce(overdue + due_today + not_due, 0) AS owed, coalesce(overdue, 0) AS overdue,
        coalesce(overdue + due_today, 0) AS due,
        coalesce(credits, 0) AS credits, coalesce(unallocated, 0) AS unallocated, coalesce(disputed, 0) AS disputed,
        coalesce(promised, 0) AS promised, greatest(0, coalesce(credits, 0) + coalesce(unallocated, 0)) AS cover,
        coalesce(open_count, 0) AS open_count, coalesce(overdue_count, 0) AS overdue_count,
        coalesce(new_overdue_count, 0) AS new_overdue_count, first_due_on, next_due_on,
        coalesce(soon_amount, 0) AS soon_amount
    FROM standing FULL JOIN receipt USING (customer_id, currency)
),
-- Cover is set against the oldest first, so the oldest to ask about is the first that it does not reach the end of.
-- Only the few customers with cover are asked; for the others it is simply the first. IS TRUE keeps the question to one
-- look into their hash for each item: joined, all items of everybody would be sorted first.
covered AS MATERIALIZED (
    SELECT customer_id, currency, cover FROM whole WHERE cover > 0
),
running AS (
    SELECT customer_id, currency, due_on, sum(open - coalesce(disputed, 0) - coalesce(promised, 0))
        OVER (PARTITION BY customer_id, currency ORDER BY due_on, id) AS so_far
    FROM part
    WHERE owed AND is_due AND ((customer_id, currency) IN (SELECT customer_id, currency FROM covered)) IS TRUE
        AND open > coalesce(disputed, 0) + coalesce(promised, 0)
),
uncovered AS (
    SELECT customer_id, currency, min(due_on) AS due_on
    FROM running JOIN covered USING (customer_id, currency)
    WHERE so_far > cover GROUP BY customer_id, currency
),
measured AS (
    SELECT whole.*, CASE WHEN cover > 0 THEN uncovered.due_on ELSE first_due_on END AS oldest_due_on
    FROM whole LEFT JOIN uncovered USING (customer_id, currency)
),
