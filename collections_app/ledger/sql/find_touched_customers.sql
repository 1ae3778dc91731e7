-- Whose documents and payments postings put in, settled, used up, corrected or undid.
-- Parameters: postings, an array of ids.
-- Relies on: invoice_of_posting, payment_of_posting, allocation_of_posting (BRIN).
-- Rows: one a customer.
WITH moved AS MATERIALIZED (
    SELECT a.invoice_id, a.credit_note_id, a.payment_id
    FROM allocation a WHERE a.posting_id = ANY(%(postings)s::bigint[])
),
document AS (
    SELECT invoice_id AS id FROM moved WHERE invoice_id IS NOT NULL
    UNION
    SELECT credit_note_id FROM moved WHERE credit_note_id IS NOT NULL
    UNION
    SELECT c.invoice_id FROM invoice_correction c WHERE c.posting_id = ANY(%(postings)s::bigint[])
)
SELECT i.customer_id FROM invoice i WHERE i.posting_id = ANY(%(postings)s::bigint[])
UNION
SELECT i.customer_id FROM document JOIN invoice i ON i.id = document.id
UNION
SELECT p.customer_id FROM payment p WHERE p.posting_id = ANY(%(postings)s::bigint[])
UNION
SELECT p.customer_id FROM (SELECT DISTINCT payment_id FROM moved WHERE payment_id IS NOT NULL) AS used
JOIN payment p ON p.id = used.payment_id
