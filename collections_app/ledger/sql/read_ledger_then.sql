-- The ledger of a company as it stood at the end of a day: ``item`` is every open document and every payment with
-- something left, with what was then open (credits and money that lessens what is owed are negative). Starts from what
-- is open now and gives back what came later, so that today costs no more than reading what is open. Others go on from it.
-- An allocation is in force once everything it names is there; only a receipt's own reversal takes back all of it.
-- Parameters: company; day (accounting); known_at, a moment or NULL: nothing recorded after it, and amounts as then known;
-- customers, an array of ids or NULL for all: of a few, only what they owe is read.
-- Relies on: invoice_open_by_customer, invoice_by_day, allocation_by_day, payment_unallocated_by_cust, payment_by_posted_day.
-- Rows: one an open item.
WITH not_yet AS MATERIALIZED (
    -- of everybody by their day; of a few customers by what is theirs
    SELECT id, invoice_id, credit_note_id, payment_id, effect FROM allocation
    WHERE %(customers)s::bigint[] IS NULL AND company_id = %(company)s AND (posted_on > %(day)s OR recorded_at > %(known_at)s)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice i JOIN allocation a ON a.invoice_id = i.id
    WHERE i.customer_id = ANY(%(customers)s::bigint[]) AND i.company_id = %(company)s
      AND (a.posted_on > %(day)s OR a.recorded_at > %(known_at)s)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice i JOIN allocation a ON a.credit_note_id = i.id
    WHERE i.customer_id = ANY(%(customers)s::bigint[]) AND i.company_id = %(company)s AND i.kind = 'credit_note'
      AND (a.posted_on > %(day)s OR a.recorded_at > %(known_at)s)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM payment p JOIN allocation a ON a.payment_id = p.id
    WHERE p.customer_id = ANY(%(customers)s::bigint[]) AND p.company_id = %(company)s
      AND (a.posted_on > %(day)s OR a.recorded_at > %(known_at)s)
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice i JOIN allocation a ON a.invoice_id = i.id
    WHERE i.company_id = %(company)s AND (i.posted_on > %(day)s OR i.recorded_at > %(known_at)s)
      AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM invoice i JOIN allocation a ON a.credit_note_id = i.id
    WHERE i.company_id = %(company)s AND (i.posted_on > %(day)s OR i.recorded_at > %(known_at)s)
      AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
    UNION
    SELECT a.id, a.invoice_id, a.credit_note_id, a.payment_id, a.effect
    FROM payment p JOIN allocation a ON a.payment_id = p.id
    WHERE p.company_id = %(company)s AND (p.posted_on > %(day)s OR p.recorded_at > %(known_at)s)
      AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
),
as_known AS (
    -- what the first correction that was not yet known found
    SELECT DISTINCT ON (c.invoice_id) c.invoice_id, c.amount_from, c.due_from
    FROM invoice_correction c JOIN invoice i ON i.id = c.invoice_id
    WHERE i.company_id = %(company)s AND c.recorded_at > %(known_at)s
    ORDER BY c.invoice_id, c.recorded_at, c.id
),
invoice_change AS (
    SELECT id, sum(amount) AS amount, bool_or(due_is_other) AS due_is_other, max(due_from) AS due_from
    FROM (
        SELECT invoice_id AS id, effect AS amount, FALSE AS due_is_other, NULL::date AS due_from FROM not_yet
        UNION ALL
        SELECT credit_note_id, effect, FALSE, NULL FROM not_yet
        UNION ALL
        SELECT k.invoice_id, k.amount_from - i.amount, TRUE, k.due_from
        FROM as_known k JOIN invoice i ON i.id = k.invoice_id
    ) AS parts
    WHERE id IS NOT NULL
    GROUP BY id
),
payment_change AS (
    SELECT id, sum(amount) AS amount
    FROM (
        SELECT payment_id AS id, effect AS amount FROM not_yet WHERE payment_id IS NOT NULL
        UNION ALL
        SELECT reverses_id, amount FROM payment
        WHERE %(customers)s::bigint[] IS NULL AND company_id = %(company)s AND kind = 'reversal'
          AND (posted_on > %(day)s OR recorded_at > %(known_at)s)
        UNION ALL
        SELECT p.id, r.amount FROM payment p JOIN payment r ON r.reverses_id = p.id
        WHERE p.customer_id = ANY(%(customers)s::bigint[]) AND p.company_id = %(company)s AND r.kind = 'reversal'
          AND (r.posted_on > %(day)s OR r.recorded_at > %(known_at)s)
    ) AS parts
    GROUP BY id
),
invoice_then AS (
    SELECT i.*, i.open_amount AS open_then, i.due_on AS due_then
    FROM invoice i
    WHERE i.company_id = %(company)s AND i.open_amount > 0
      AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
      AND NOT EXISTS (SELECT FROM invoice_change c WHERE c.id = i.id)
    UNION ALL
    SELECT i.*, i.open_amount + c.amount, CASE WHEN c.due_is_other THEN c.due_from ELSE i.due_on END
    FROM invoice_change c JOIN invoice i ON i.id = c.id
    WHERE %(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[])
),
payment_then AS (
    SELECT p.*, p.unallocated_amount AS open_then
    FROM payment p
    WHERE p.company_id = %(company)s AND p.unallocated_amount > 0
      AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
      AND NOT EXISTS (SELECT FROM payment_change c WHERE c.id = p.id)
    UNION ALL
    SELECT p.*, p.unallocated_amount + c.amount
    FROM payment_change c JOIN payment p ON p.id = c.id AND p.kind <> 'reversal'
    WHERE %(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[])
),
item AS (
    SELECT id, number, customer_id, currency, posted_on, issued_on, due_then AS due_on, kind,
           CASE WHEN kind = 'credit_note' THEN 'credits' ELSE 'aged' END AS part,
           CASE WHEN kind = 'credit_note' THEN -open_then ELSE open_then END AS amount
    FROM invoice_then
    WHERE open_then <> 0 AND posted_on <= %(day)s AND (%(known_at)s IS NULL OR recorded_at <= %(known_at)s)
    UNION ALL
    SELECT id, number, customer_id, currency, posted_on, posted_on, NULL, kind,
           'unallocated', CASE WHEN kind = 'receipt' THEN -open_then ELSE open_then END
    FROM payment_then
    WHERE open_then <> 0 AND posted_on <= %(day)s AND (%(known_at)s IS NULL OR recorded_at <= %(known_at)s)
)
