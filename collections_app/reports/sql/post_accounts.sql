-- Goes on from read_ledger_then: ``account``, what moves the balance of the ledger until the end of a day by what was posted, not by
-- what is open: all documents, less money in, plus money back, and what was settled or used up without the other side being in the
-- ledger. An amount set against an invoice from a payment or credit note of the ledger moves nothing: both sides lose it.
-- Parameters: those of read_ledger_then.
-- Relies on: one pass over the company's documents, payments and allocations; of a few customers on their documents and payments.
-- Rows: one a document, payment and such an allocation.
, account AS (
    SELECT i.customer_id, i.currency, i.posted_on AS on_day, CASE WHEN i.kind = 'credit_note' THEN -1 ELSE 1 END * coalesce(k.amount_from, i.amount) AS amount
    FROM invoice i LEFT JOIN as_known k ON k.invoice_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR i.recorded_at <= %(known_at)s)
    UNION ALL
    SELECT customer_id, currency, posted_on, CASE WHEN kind = 'receipt' THEN -amount ELSE amount END
    FROM payment
    WHERE company_id = %(company)s AND posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR recorded_at <= %(known_at)s)
    UNION ALL
    SELECT i.customer_id, i.currency, greatest(a.posted_on, i.posted_on), CASE WHEN i.kind = 'credit_note' THEN a.effect ELSE -a.effect END
    FROM allocation a JOIN invoice i ON i.id = a.invoice_id
    WHERE a.company_id = %(company)s AND a.payment_id IS NULL AND a.credit_note_id IS NULL
        AND greatest(a.posted_on, i.posted_on) <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR i.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, i.recorded_at) <= %(known_at)s)
    UNION ALL
    SELECT p.customer_id, p.currency, greatest(a.posted_on, p.posted_on), CASE WHEN p.kind = 'receipt' THEN a.effect ELSE -a.effect END
    FROM allocation a JOIN payment p ON p.id = a.payment_id
    WHERE a.company_id = %(company)s AND a.invoice_id IS NULL
        AND greatest(a.posted_on, p.posted_on) <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(known_at)s IS NULL OR greatest(a.recorded_at, p.recorded_at) <= %(known_at)s)
)
