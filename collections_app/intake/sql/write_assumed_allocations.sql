-- What follows from a list of open items alone: settled before the first list (opening), smaller than before or gone
-- (implied), and back again (an implied one is restored, and made anew for the part that still holds).
-- Parameters: company, posting (ids), as_of (the day of the list), at (moment).
WITH undone AS (
    SELECT a.id, a.invoice_id, a.payment_id, a.currency, a.amount, a.basis
    FROM allocation a
    LEFT JOIN allocation reversal ON reversal.reverses_id = a.id
    WHERE reversal.id IS NULL AND a.side = 'settles' AND a.basis IN ('implied', 'opening') AND a.credit_note_id IS NULL
      AND (a.invoice_id IN (SELECT id FROM arriving_document WHERE guessed > 0) AND a.payment_id IS NULL
           OR a.payment_id IN (SELECT id FROM arriving_payment WHERE guessed > 0) AND a.invoice_id IS NULL)
),
settled AS (
    SELECT id AS invoice_id, NULL::bigint AS payment_id, currency, amount - open_amount AS amount, 'opening' AS basis
    FROM arriving_document WHERE known_id IS NULL
    UNION ALL
    SELECT id, NULL, currency, amount - open_amount - (known_amount - known_open) + guessed, 'implied'
    FROM arriving_document WHERE known_id IS NOT NULL
    UNION ALL
    SELECT NULL, id, currency, amount - open_amount, 'opening' FROM arriving_payment WHERE known_id IS NULL
    UNION ALL
    SELECT NULL, id, currency, known_open - open_amount + guessed, 'implied' FROM arriving_payment WHERE known_id IS NOT NULL
    UNION ALL
    SELECT id, NULL, currency, open_amount, 'implied' FROM vanished_document
    UNION ALL
    SELECT NULL, id, currency, open_amount, 'implied' FROM vanished_payment
)
INSERT INTO allocation (
    company_id, invoice_id, payment_id, number, currency, amount, side, basis, reverses_id, posted_on, recorded_at, posting_id
)
SELECT %(company)s, invoice_id, payment_id, '', currency, amount, 'restores', basis, id, %(as_of)s, %(at)s::timestamptz, %(posting)s FROM undone
UNION ALL
SELECT %(company)s, invoice_id, payment_id, '', currency, amount, 'settles', basis, NULL, %(as_of)s, %(at)s, %(posting)s
FROM settled WHERE amount > 0
