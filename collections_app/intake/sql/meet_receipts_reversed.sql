-- Finds the receipt that each reversal undoes, in the ledger or in the file, and takes over its amount when the file
-- states none. Parameters: none. Rows: the reversals of the file.
UPDATE arriving_payment reversal
SET reverses_id = receipt.id, amount = coalesce(reversal.amount, receipt.amount)
FROM (
    SELECT id, customer_id, number, amount FROM arriving_payment WHERE kind = 'receipt'
    UNION
    SELECT id, customer_id, number, amount FROM payment
    WHERE kind = 'receipt' AND customer_id IN (SELECT customer_id FROM arriving_payment WHERE kind = 'reversal')
) AS receipt
WHERE reversal.kind = 'reversal' AND receipt.customer_id = reversal.customer_id AND receipt.number = reversal.reverses
