-- Recognises allocations that the ledger holds already: by their own number, or as the n-th that says the same.
-- Parameters: company (id). Relies on: the index on allocation.invoice_id. Rows: those that are known.
WITH held AS (
    SELECT a.id, a.number, a.invoice_id, coalesce(a.payment_id, -a.credit_note_id) AS source_id, a.posted_on, a.amount,
           row_number() OVER (
               PARTITION BY a.invoice_id, coalesce(a.payment_id, -a.credit_note_id), a.posted_on, a.amount, a.number = '' ORDER BY a.id
           ) AS place
    FROM allocation a
    WHERE a.company_id = %(company)s AND a.side = 'settles'
      AND (a.invoice_id IN (SELECT invoice_id FROM arriving_allocation)
           OR a.number IN (SELECT allocation FROM arriving_allocation WHERE allocation <> ''))
),
coming AS (
    SELECT line, allocation, invoice_id, coalesce(payment_id, -credit_note_id) AS source_id, posted_on, amount,
           row_number() OVER (
               PARTITION BY invoice_id, coalesce(payment_id, -credit_note_id), posted_on, amount, allocation = '' ORDER BY line
           ) AS place
    FROM arriving_allocation
)
UPDATE arriving_allocation
SET known_id = held.id
FROM coming
JOIN held ON CASE WHEN coming.allocation <> '' THEN held.number = coming.allocation
                  ELSE held.number = '' AND held.invoice_id = coming.invoice_id AND held.source_id = coming.source_id
                       AND held.posted_on = coming.posted_on AND held.amount = coming.amount AND held.place = coming.place END
WHERE arriving_allocation.line = coming.line
