-- Where customers stand on a day, one row a customer and currency: what is open, due, disputed, promised, covered by
-- credits and cash, and so what can be asked for. Replaces the rows of those measured; one without open items loses its own.
-- One statement that stands in three files, read one after the other: items (this one), standing, written.
-- Any day can be measured: an item is open by what is open now plus what was allocated to it after that day.
-- Parameters: company (id), day, by_ids (whether of some customers only), customers (array of their ids, else NULL), first and
-- last (ids of customers, both included; NULL for all), soon_days and new_days (days).
-- What is still promised of a line, and what a dispute was about then, are asked of the database's own still_promised and
-- disputed_before, as everywhere; the rows that they look up are found by the indexes of allocation and dispute_amount.
-- Indexes: invoice_open_by_customer, payment_unallocated_by_cust, allocation_by_day,
-- invoice_by_day, payment_by_posted_day, dispute_by_customer, promise_by_customer.
-- Rows: about one a customer with open items; 10,000 from 100,000 open invoices.
WITH moment AS (
    SELECT ((%(day)s::date + 1)::timestamp AT TIME ZONE time_zone) AS day_ends_at FROM company WHERE id = %(company)s
),
-- Invoices and payments of days to come are few on the day itself, and are looked up one by one; of a day long past there are many,
-- which are joined as a set: either way all allocations there ever were are not read for a few.
coming AS MATERIALIZED (
    SELECT id FROM invoice WHERE company_id = %(company)s AND posted_on > %(day)s
),
received AS MATERIALIZED (
    SELECT id FROM payment WHERE company_id = %(company)s AND posted_on > %(day)s
),
crowd AS (
    SELECT (SELECT count(*) FROM coming) + (SELECT count(*) FROM received) > 10000 AS is_there
),
-- An allocation is in force once everything that it names is there.
allocated_later AS MATERIALIZED (
    SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation
    WHERE company_id = %(company)s AND posted_on > %(day)s
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM coming JOIN allocation AS a ON a.invoice_id = coming.id
    WHERE (SELECT is_there FROM crowd)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM coming JOIN allocation AS a ON a.credit_note_id = coming.id
    WHERE (SELECT is_there FROM crowd)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM received JOIN allocation AS a ON a.payment_id = received.id
    WHERE (SELECT is_there FROM crowd)
    UNION
    SELECT a.*
    FROM coming CROSS JOIN LATERAL (
        SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation WHERE invoice_id = coming.id OFFSET 0
    ) AS a
    WHERE NOT (SELECT is_there FROM crowd)
    UNION
    SELECT a.*
    FROM coming CROSS JOIN LATERAL (
        SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation WHERE credit_note_id = coming.id OFFSET 0
    ) AS a
    WHERE NOT (SELECT is_there FROM crowd)
    UNION
    SELECT a.*
    FROM received CROSS JOIN LATERAL (
        SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation WHERE payment_id = received.id OFFSET 0
    ) AS a
    WHERE NOT (SELECT is_there FROM crowd)
),
later_by_invoice AS (
    SELECT invoice_id AS id, sum(effect) AS amount
    FROM (
        SELECT invoice_id, effect FROM allocated_later WHERE invoice_id IS NOT NULL
        UNION ALL SELECT credit_note_id, effect FROM allocated_later WHERE credit_note_id IS NOT NULL
    ) AS touched
    GROUP BY invoice_id
),
-- A reversed receipt has nothing left now; before the day of its reversal it still counted in full. Both are of one customer.
later_by_payment AS (
    SELECT payment_id AS id, sum(effect) AS amount
    FROM (
        SELECT payment_id, effect FROM allocated_later WHERE payment_id IS NOT NULL
        UNION ALL
        SELECT reverses_id, amount FROM payment
        WHERE company_id = %(company)s AND posted_on > %(day)s AND kind = 'reversal'
            AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
    ) AS touched
    GROUP BY payment_id
),
item AS (
    SELECT i.id, i.customer_id, i.currency, i.kind, i.due_on,
        CASE WHEN l.id IS NULL THEN i.open_amount ELSE i.open_amount + l.amount END AS open
    FROM invoice AS i LEFT JOIN later_by_invoice AS l ON l.id = i.id
    WHERE i.company_id = %(company)s AND i.open_amount > 0 AND i.posted_on <= %(day)s
        AND (NOT %(by_ids)s OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR i.customer_id BETWEEN %(first)s AND %(last)s)
    UNION ALL
    SELECT i.id, i.customer_id, i.currency, i.kind, i.due_on, l.amount
    FROM later_by_invoice AS l JOIN invoice AS i ON i.id = l.id
    WHERE i.company_id = %(company)s AND i.open_amount = 0 AND i.posted_on <= %(day)s
        AND (NOT %(by_ids)s OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR i.customer_id BETWEEN %(first)s AND %(last)s)
),
contested AS (
    SELECT invoice_id, sum(disputed_before(dispute.id, amount, day_ends_at)) AS amount FROM dispute, moment
    WHERE company_id = %(company)s AND lodged_at < day_ends_at AND (closed_at IS NULL OR closed_at >= day_ends_at)
        AND (NOT %(by_ids)s OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY invoice_id
),
awaited AS (
    SELECT line.invoice_id, sum(still_promised(line.id, %(day)s::date)) AS amount
    FROM promise JOIN promised_invoice AS line ON line.promise_id = promise.id CROSS JOIN moment
    WHERE promise.company_id = %(company)s AND promise.recorded_at < day_ends_at
        AND (promise.state = 'running' OR promise.settled_on > %(day)s)
        AND (NOT %(by_ids)s OR promise.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR promise.customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY line.invoice_id
),
