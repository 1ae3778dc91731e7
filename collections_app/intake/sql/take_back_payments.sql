-- For payments of which the list shows more open than we hold: how much of what we hold to be used was only assumed.
-- Parameters: none. Rows: seldom any; a payment that grew again.
WITH grown AS (
    SELECT id FROM arriving_payment WHERE known_id IS NOT NULL AND open_amount > known_open
),
assumed AS (
    SELECT grown.id, coalesce(sum(a.effect), 0) AS guessed
    FROM grown
    LEFT JOIN allocation a
           ON a.payment_id = grown.id AND a.basis IN ('implied', 'opening') AND a.invoice_id IS NULL
    GROUP BY grown.id
)
UPDATE arriving_payment p SET guessed = assumed.guessed FROM assumed WHERE p.id = assumed.id
