-- Restores what the allocations that the file undoes had settled. Parameters: company, posting (ids), at (moment).
INSERT INTO allocation (
    company_id, invoice_id, payment_id, credit_note_id, number, currency, amount, side, basis, reverses_id, posted_on, recorded_at,
    posting_id
)
SELECT %(company)s, invoice_id, payment_id, credit_note_id, '', currency, amount, 'restores', basis, id, posted_on, %(at)s, %(posting)s
FROM undone
