-- Notes that a later file states another amount or due date. Parameters: posting (id), at (moment).
INSERT INTO invoice_correction (invoice_id, amount_from, amount_to, due_from, due_to, recorded_at, posting_id)
SELECT id, known_amount, amount, known_due, due_on, %(at)s, %(posting)s
FROM arriving_document
WHERE known_id IS NOT NULL AND (known_amount <> amount OR known_due IS DISTINCT FROM due_on)
