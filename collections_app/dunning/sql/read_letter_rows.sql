-- The open documents that letters to customers name, with what of each is disputed or promised, and the cash of each
-- currency that is set against nothing yet. Goes on where behaviour.positions.PARTS ends, so that a letter asks for what the
-- chase list asks for.
-- Parameters: those of positions.params, with customers.
-- Rows: one an open document of these customers; a currency with cash alone has none.
read AS (
    SELECT part.customer_id, part.currency, part.open, coalesce(part.disputed, 0) AS disputed,
        coalesce(part.promised, 0) AS promised, whole.unallocated,
        invoice.number, invoice.line, invoice.kind, invoice.reference, invoice.issued_on, invoice.due_on, invoice.amount
    FROM part
    JOIN invoice ON invoice.id = part.id
    JOIN whole ON whole.customer_id = part.customer_id AND whole.currency = part.currency
)
SELECT * FROM read ORDER BY customer_id, currency, due_on, number, line
