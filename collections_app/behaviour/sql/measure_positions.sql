-- Where customers stand on a day, one row a customer and currency: what is open, due, disputed, promised, covered by
-- credits and cash, and so what can be asked for. Replaces the rows of those measured; one without open items loses its own.
-- Any day can be measured: an item is open by what is open now plus what was allocated to it after that day.
-- Parameters: company (id), day, customers (array of ids, NULL for all), soon_days and new_days (days).
-- Indexes: invoice_open_by_customer, payment_unallocated_by_cust, allocation_by_day,
-- invoice_by_day, payment_by_day, dispute_by_customer, promise_by_customer.
-- Rows: about one a customer with open items; 10,000 from 100,000 open invoices.
WITH moment AS (
    SELECT ((%(day)s::date + 1)::timestamp AT TIME ZONE time_zone) AS day_ends_at FROM company WHERE id = %(company)s
),
-- An allocation is in force once everything that it names is there.
allocated_later AS MATERIALIZED (
    SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation
    WHERE company_id = %(company)s AND posted_on > %(day)s
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice AS i JOIN allocation AS a ON a.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on > %(day)s
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice AS i JOIN allocation AS a ON a.credit_note_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on > %(day)s
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM payment AS p JOIN allocation AS a ON a.payment_id = p.id
    WHERE p.company_id = %(company)s AND p.posted_on > %(day)s
),
later_by_invoice AS (
    SELECT invoice_id AS id, sum(effect) AS amount
    FROM (
        SELECT invoice_id, effect FROM allocated_later WHERE invoice_id IS NOT NULL
        UNION ALL SELECT credit_note_id, effect FROM allocated_later WHERE credit_note_id IS NOT NULL
    ) AS touched
    GROUP BY invoice_id
),
-- A reversed receipt has nothing left now; before the day of its reversal it still counted in full.
later_by_payment AS (
    SELECT payment_id AS id, sum(effect) AS amount
    FROM (
        SELECT payment_id, effect FROM allocated_later WHERE payment_id IS NOT NULL
        UNION ALL
        SELECT reverses_id, amount FROM payment
        WHERE company_id = %(company)s AND posted_on > %(day)s AND kind = 'reversal'
    ) AS touched
    GROUP BY payment_id
),
item AS (
    SELECT i.id, i.customer_id, i.currency, i.kind, i.due_on, i.open_amount + coalesce(l.amount, 0) AS open
    FROM invoice AS i LEFT JOIN later_by_invoice AS l ON l.id = i.id
    WHERE i.company_id = %(company)s AND i.open_amount > 0 AND i.posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
    UNION ALL
    SELECT i.id, i.customer_id, i.currency, i.kind, i.due_on, l.amount
    FROM later_by_invoice AS l JOIN invoice AS i ON i.id = l.id
    WHERE i.company_id = %(company)s AND i.open_amount = 0 AND i.posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
),
contested AS (
    SELECT invoice_id, sum(amount) AS amount FROM dispute, moment
    WHERE company_id = %(company)s AND lodged_at < day_ends_at AND (closed_at IS NULL OR closed_at >= day_ends_at)
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY invoice_id
),
awaited AS (
    SELECT line.invoice_id, sum(line.amount) AS amount
    FROM promise JOIN promised_invoice AS line ON line.promise_id = promise.id CROSS JOIN moment
    WHERE promise.company_id = %(company)s AND promise.recorded_at < day_ends_at
        AND (promise.state = 'running' OR promise.settled_on > %(day)s)
        AND (%(customers)s::bigint[] IS NULL OR promise.customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY line.invoice_id
),
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
            AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
        UNION ALL
        SELECT p.customer_id, p.currency, p.kind, l.amount
        FROM later_by_payment AS l JOIN payment AS p ON p.id = l.id
        WHERE p.company_id = %(company)s AND p.unallocated_amount = 0 AND p.posted_on <= %(day)s
            AND p.kind <> 'reversal'
            AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
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
-- Only the few customers with cover are asked; for the others it is simply the first.
running AS (
    SELECT part.customer_id, part.currency, part.due_on, whole.cover,
        sum(part.open - coalesce(part.disputed, 0) - coalesce(part.promised, 0))
            OVER (PARTITION BY part.customer_id, part.currency ORDER BY part.due_on, part.id) AS so_far
    FROM part JOIN whole USING (customer_id, currency)
    WHERE whole.cover > 0 AND part.owed AND part.is_due
        AND part.open > coalesce(part.disputed, 0) + coalesce(part.promised, 0)
),
uncovered AS (
    SELECT customer_id, currency, min(due_on) AS due_on FROM running WHERE so_far > cover GROUP BY customer_id, currency
),
measured AS (
    SELECT whole.*, CASE WHEN cover > 0 THEN uncovered.due_on ELSE first_due_on END AS oldest_due_on
    FROM whole LEFT JOIN uncovered USING (customer_id, currency)
),
gone AS (
    DELETE FROM customer_position AS old
    WHERE old.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND NOT EXISTS (SELECT FROM whole WHERE whole.customer_id = old.customer_id AND whole.currency = old.currency)
)
MERGE INTO customer_position AS position
USING (
    SELECT *, owed - credits - unallocated AS exposure, owed - due AS not_due,
        greatest(0, due - disputed - promised - cover) AS to_collect, coalesce(%(day)s::date - oldest_due_on, 0) AS oldest_days
    FROM measured
) AS found
ON position.customer_id = found.customer_id AND position.currency = found.currency
WHEN MATCHED THEN UPDATE SET
    day = %(day)s, exposure = found.exposure, overdue = found.overdue, due = found.due, not_due = found.not_due,
    credits = found.credits, unallocated = found.unallocated, disputed = found.disputed, promised = found.promised,
    to_collect = found.to_collect, open_count = found.open_count, overdue_count = found.overdue_count,
    oldest_due_on = found.oldest_due_on, oldest_days = found.oldest_days, new_overdue_count = found.new_overdue_count,
    next_due_on = found.next_due_on, soon_amount = found.soon_amount
WHEN NOT MATCHED THEN INSERT (
    company_id, customer_id, currency, day, exposure, overdue, due, not_due, credits, unallocated, disputed, promised,
    to_collect, open_count, overdue_count, oldest_due_on, oldest_days, new_overdue_count, next_due_on, soon_amount
) VALUES (
    %(company)s, customer_id, currency, %(day)s, exposure, overdue, due, not_due, credits, unallocated, disputed, promised,
    to_collect, open_count, overdue_count, oldest_due_on, oldest_days, new_overdue_count, next_due_on, soon_amount
)
