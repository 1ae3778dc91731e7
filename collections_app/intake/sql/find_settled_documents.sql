-- Lists the documents that were open in the ledger and that the file's own allocations settle wholly.
-- Parameters: none. Relies on: invoice's primary key. Rows: of a file without allocations none.
CREATE TEMP TABLE settled_document ON COMMIT DROP AS
WITH taken AS (
    SELECT id, sum(amount) AS amount, max(line) AS line
    FROM (
        SELECT unnest(ARRAY[invoice_id, credit_note_id]) AS id, amount, line
        FROM arriving_allocation a
        WHERE known_id IS NULL AND NOT EXISTS (SELECT FROM undone WHERE undone.id = a.id)
        UNION ALL
        SELECT unnest(ARRAY[invoice_id, credit_note_id]), -amount, NULL FROM undone WHERE is_held
    ) AS parts
    WHERE id IS NOT NULL
    GROUP BY id
)
SELECT invoice.id, coalesce(d.line, taken.line) AS line, invoice.customer_id, invoice.kind, invoice.number, invoice.currency,
       invoice.open_amount AS known_open, invoice.due_on
FROM taken
JOIN invoice ON invoice.id = taken.id
LEFT JOIN arriving_document d ON d.id = invoice.id
WHERE invoice.open_amount > 0 AND taken.amount > 0 AND taken.amount >= coalesce(d.open_amount, invoice.open_amount)
