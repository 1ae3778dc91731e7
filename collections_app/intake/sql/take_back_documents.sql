-- For documents of which the list shows more open than we hold: how much of what we hold to be settled was only
-- assumed, and how large the amount must be when that is not enough.
-- Parameters: none. Rows: seldom any; a document that grew again.
WITH grown AS (
    SELECT id, amount - open_amount - (known_amount - known_open) AS delta
    FROM arriving_document
    WHERE known_id IS NOT NULL AND open_amount > amount - (known_amount - known_open)
),
assumed AS (
    SELECT grown.id, grown.delta, coalesce(sum(a.effect), 0) AS guessed
    FROM grown
    LEFT JOIN allocation a
           ON a.invoice_id = grown.id AND a.basis IN ('implied', 'opening') AND a.payment_id IS NULL AND a.credit_note_id IS NULL
    GROUP BY grown.id, grown.delta
)
UPDATE arriving_document d
SET guessed = assumed.guessed, amount = d.amount + greatest(0, -(assumed.guessed + assumed.delta))
FROM assumed
WHERE d.id = assumed.id
