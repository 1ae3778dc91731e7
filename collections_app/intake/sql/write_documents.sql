-- Adds documents that the ledger does not know yet, wholly open or open as the list says.
-- In the order of the largest index, which is then filled from one end to the other.
-- Parameters: company, posting (ids), at (moment). Rows: the new documents.
INSERT INTO invoice (
    id, company_id, customer_id, kind, number, line, reference, currency, amount, issued_on, due_on, terms, posted_on, recorded_at,
    posting_id, open_amount
)
SELECT id, %(company)s, customer_id, kind, number, instalment, reference, currency, amount, issued_on, due_on, terms, posted_on, %(at)s,
       %(posting)s, open_amount
FROM arriving_document
WHERE known_id IS NULL
ORDER BY customer_id, kind, number
