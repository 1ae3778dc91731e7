-- Settles what the file says was settled on a day, for what is still open of it after the file's own allocations.
-- Parameters: company, posting (ids), at (moment). Rows: documents with a day of settlement.
WITH used AS (
    SELECT id, sum(effect) AS amount
    FROM (
        SELECT invoice_id AS id, effect FROM allocation WHERE posting_id = %(posting)s AND invoice_id IS NOT NULL
        UNION ALL
        SELECT credit_note_id, effect FROM allocation WHERE posting_id = %(posting)s AND credit_note_id IS NOT NULL
    ) AS parts
    GROUP BY id
)
INSERT INTO allocation (company_id, invoice_id, number, currency, amount, side, basis, posted_on, recorded_at, posting_id)
SELECT %(company)s, d.id, '', d.currency, d.open_amount - coalesce(used.amount, 0), 'settles', 'stated', d.settled_on, %(at)s, %(posting)s
FROM arriving_document d
LEFT JOIN used ON used.id = d.id
WHERE d.settled_on IS NOT NULL AND d.open_amount > coalesce(used.amount, 0)
