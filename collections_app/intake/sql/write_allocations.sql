-- Adds the allocations of the file. Parameters: company, posting (ids), at (moment).
INSERT INTO allocation (
    id, company_id, invoice_id, payment_id, credit_note_id, number, currency, amount, side, basis, posted_on, recorded_at, posting_id
)
SELECT id, %(company)s, invoice_id, payment_id, credit_note_id, allocation, currency, amount, 'settles', basis, posted_on, %(at)s, %(posting)s
FROM arriving_allocation
WHERE known_id IS NULL
