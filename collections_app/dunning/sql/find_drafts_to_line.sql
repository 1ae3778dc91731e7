-- Open messages of the ladder whose invoices, as they stand with them, may not be those that they are to ask about: a superset,
-- for which write_draft_lines looks closely. Of a customer of whom nothing is disputed, promised or dated later, the invoices
-- to ask about are those that are due, with what is open of them; compared one by one, and counted.
-- Goes on from plain_customers. Parameters: those, and messages (channels that leave the house).
-- Indexes: reminder_draft_open, invoice_open_by_customer. Rows: few on an ordinary day.
waiting AS MATERIALIZED (
    SELECT id, customer_id FROM reminder_draft
    WHERE company_id = %(company)s AND state IN ('proposed', 'held_back') AND channel = ANY(%(messages)s::text[]) AND level > 0
),
due AS (
    SELECT customer_id, count(*) AS count FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0 AND kind <> 'credit_note' AND due_on <= %(day)s AND posted_on <= %(day)s
    GROUP BY customer_id
),
standing AS (
    SELECT line.draft_id, count(*) AS count,
        bool_and(line.disputed = 0 AND line.promised = 0 AND line.open_amount = invoice.open_amount
            AND invoice.due_on <= %(day)s AND invoice.posted_on <= %(day)s AND invoice.kind <> 'credit_note') AS is_right
    FROM waiting
    JOIN reminder_draft_invoice AS line ON line.draft_id = waiting.id
    JOIN invoice ON invoice.id = line.invoice_id
    GROUP BY line.draft_id
)
SELECT waiting.id
FROM waiting
LEFT JOIN due ON due.customer_id = waiting.customer_id
LEFT JOIN standing ON standing.draft_id = waiting.id
WHERE standing.is_right IS NOT TRUE OR standing.count IS DISTINCT FROM due.count
    OR waiting.customer_id IN (SELECT customer_id FROM spoken_for)
