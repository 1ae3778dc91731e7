-- The first day that new postings say something about: the earliest accounting date among their documents, payments and
-- allocations, and of the invoices that they corrected, which are corrected from the beginning.
-- Parameters: postings (array of ids).
-- Relies on: invoice_of_posting, payment_of_posting, allocation_of_posting (block ranges).
-- Rows: one; NULL when they say nothing.
SELECT least(
    (SELECT min(posted_on) FROM invoice WHERE posting_id = ANY(%(postings)s::bigint[])),
    (SELECT min(posted_on) FROM payment WHERE posting_id = ANY(%(postings)s::bigint[])),
    (SELECT min(posted_on) FROM allocation WHERE posting_id = ANY(%(postings)s::bigint[])),
    (SELECT min(i.posted_on) FROM invoice_correction c JOIN invoice i ON i.id = c.invoice_id
     WHERE c.posting_id = ANY(%(postings)s::bigint[]))
) AS day
