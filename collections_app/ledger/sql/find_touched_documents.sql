-- The invoices and payments that postings put in, settled, used up, corrected or undid.
-- Parameters: postings, an array of ids.
-- Relies on: invoice_of_posting, payment_of_posting, allocation_of_posting (BRIN).
-- Rows: one, with two arrays of ids.
WITH given AS (SELECT unnest(%(postings)s::bigint[]) AS id),
moved AS MATERIALIZED (
    SELECT a.invoice_id, a.credit_note_id, a.payment_id
    FROM allocation a WHERE a.posting_id = ANY(%(postings)s::bigint[])
),
received AS MATERIALIZED (
    SELECT p.id, p.reverses_id FROM payment p WHERE p.posting_id = ANY(%(postings)s::bigint[])
)
SELECT
    array(
        SELECT i.id FROM invoice i WHERE i.posting_id = ANY(%(postings)s::bigint[])
        UNION
        SELECT invoice_id FROM moved WHERE invoice_id IS NOT NULL
        UNION
        SELECT credit_note_id FROM moved WHERE credit_note_id IS NOT NULL
        UNION
        SELECT c.invoice_id FROM invoice_correction c JOIN given ON given.id = c.posting_id
    ) AS invoices,
    array(
        SELECT id FROM received
        UNION
        SELECT reverses_id FROM received WHERE reverses_id IS NOT NULL
        UNION
        SELECT payment_id FROM moved WHERE payment_id IS NOT NULL
    ) AS payments
