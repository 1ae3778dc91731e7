-- Adds payments that the ledger does not know yet; reversals after the receipts that they undo.
-- Parameters: company, posting (ids), at (moment).
INSERT INTO payment (
    id, company_id, customer_id, kind, number, reference, method, currency, amount, reverses_id, posted_on, recorded_at, posting_id,
    unallocated_amount
)
SELECT id, %(company)s, customer_id, kind, number, reference, method, currency, amount, reverses_id, posted_on, %(at)s, %(posting)s,
       open_amount
FROM arriving_payment
WHERE known_id IS NULL
ORDER BY kind = 'reversal', line
