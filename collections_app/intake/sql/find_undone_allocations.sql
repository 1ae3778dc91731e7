-- Lists the allocations that the file undoes: those of receipts that it reverses, and those it names.
-- Parameters: company (id). Rows: seldom many.
CREATE TEMP TABLE undone ON COMMIT DROP AS
WITH reasons AS (
    SELECT line, reverses_id AS payment_id, NULL AS number, posted_on
    FROM arriving_payment WHERE kind = 'reversal' AND known_id IS NULL AND reverses_id IS NOT NULL
    UNION ALL
    SELECT line, NULL, reverses, posted_on FROM arranged WHERE shape = 'deallocation' AND reverses IS NOT NULL
),
standing AS (
    SELECT id, invoice_id, payment_id, credit_note_id, currency, amount, basis, allocation AS number, false AS is_held
    FROM arriving_allocation WHERE known_id IS NULL
    UNION ALL
    SELECT a.id, a.invoice_id, a.payment_id, a.credit_note_id, a.currency, a.amount, a.basis, a.number, true
    FROM allocation a
    LEFT JOIN allocation reversal ON reversal.reverses_id = a.id
    WHERE a.company_id = %(company)s AND a.side = 'settles' AND reversal.id IS NULL
      AND (a.payment_id IN (SELECT payment_id FROM reasons) OR a.number IN (SELECT number FROM reasons))
)
SELECT DISTINCT ON (s.id) s.*, r.line, r.posted_on
FROM reasons r
JOIN standing s ON s.payment_id = r.payment_id OR s.number = r.number AND s.number <> ''
ORDER BY s.id, r.posted_on, r.line
