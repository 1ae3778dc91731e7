-- Goes on from place_customers: what of each overdue document is in dispute at the end of the day, never more than what is open;
-- the twin of disputed_overdue in sum_standing. Parameters: those of place_customers. Rows: one a document.
, piece AS (
    SELECT item.id, item.number, item.customer_id, item.currency, item.due_on AS on_day, item.kind AS about,
        least(item.amount, contested.amount) AS amount
    FROM item
    JOIN placed USING (customer_id)
    JOIN contested ON contested.invoice_id = item.id
    WHERE item.part = 'aged' AND item.due_on < %(day)s
)
