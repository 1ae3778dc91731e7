-- The floor of the page of a customer: its open documents, and the last of its contacts.
-- Parameters: customer (id).
-- Relies on the indexes of invoices and contacts on their customer. Rows: documents and contacts.
(
    SELECT 'document' AS kind, number, due_on::text AS day, open_amount AS amount
    FROM invoice
    WHERE customer_id = %(customer)s AND open_amount <> 0
    ORDER BY due_on, id
    LIMIT 50
)
UNION ALL
(
    SELECT 'contact', outcome, at::text, 0
    FROM contact_log
    WHERE customer_id = %(customer)s
    ORDER BY at DESC
    LIMIT 20
)
