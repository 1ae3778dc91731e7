-- Finds the two sides of every allocation of the file, in the file itself or in the ledger. A refund is set against a
-- credit note, everything else against what is owed. How many were found is kept, for sentences about too few or many.
-- A file without allocations looks at nothing. Parameters: company (id).
-- Relies on: invoice_is_known_once, payment_is_known_once. Rows: the allocations of the file.
CREATE TEMP TABLE arriving_allocation ON COMMIT DROP AS
WITH wanted AS (
    SELECT * FROM arranged WHERE shape = 'allocation'
),
documents AS (
    SELECT id, customer_id, number, instalment, kind, currency FROM arriving_document WHERE EXISTS (SELECT FROM wanted)
    UNION
    SELECT id, customer_id, number, line, kind, currency FROM invoice
    WHERE EXISTS (SELECT FROM wanted) AND customer_id IN (SELECT customer_id FROM wanted)
),
payments AS (
    SELECT id, customer_id, number, kind, currency FROM arriving_payment
    WHERE EXISTS (SELECT FROM wanted) AND kind <> 'reversal'
    UNION
    SELECT id, customer_id, number, kind, currency FROM payment
    WHERE EXISTS (SELECT FROM wanted) AND customer_id IN (SELECT customer_id FROM wanted) AND kind <> 'reversal'
),
sources AS (
    SELECT w.line, p.id AS payment_id, NULL::bigint AS credit_note_id, p.kind, p.currency
    FROM wanted w
    JOIN payments p ON p.customer_id = w.customer_id AND p.number = w.source
    WHERE coalesce(w.source_type, 'payment') = 'payment'
    UNION ALL
    SELECT w.line, NULL, d.id, d.kind, d.currency
    FROM wanted w
    JOIN documents d ON d.customer_id = w.customer_id AND d.number = w.source AND d.kind = 'credit_note'
    WHERE coalesce(w.source_type, 'credit_note') = 'credit_note'
),
source AS (
    SELECT line, count(*) AS found, min(payment_id) AS payment_id, min(credit_note_id) AS credit_note_id, min(kind) AS kind,
           min(currency) AS currency
    FROM sources
    GROUP BY line
),
target AS (
    SELECT w.line, count(*) AS found, min(d.id) AS id, min(d.currency) AS currency
    FROM wanted w
    LEFT JOIN source s ON s.line = w.line
    JOIN documents d ON d.customer_id = w.customer_id AND d.number = w.number AND (w.instalment = '' OR d.instalment = w.instalment)
                    AND (d.kind = 'credit_note') = (coalesce(s.kind, '') = 'refund')
    GROUP BY w.line
)
SELECT w.line, w.number, w.source, w.amount, w.posted_on, w.allocation,
       nextval((SELECT pg_get_serial_sequence('allocation', 'id')::regclass)) AS id,
       NULL::bigint AS known_id,
       target.id AS invoice_id, coalesce(target.found, 0) AS targets,
       source.payment_id, source.credit_note_id, coalesce(source.found, 0) AS sources,
       coalesce(target.currency, w.currency) AS currency, source.currency AS source_currency,
       CASE WHEN source.credit_note_id IS NULL THEN 'payment' ELSE 'credit_note' END AS basis
FROM wanted w
LEFT JOIN source ON source.line = w.line
LEFT JOIN target ON target.line = w.line;
-- The planner would otherwise take it for a handful of rows.
ANALYZE arriving_allocation (id, invoice_id, payment_id, credit_note_id)
