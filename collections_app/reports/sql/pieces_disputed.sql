-- Goes on from place_customers: what of each document is in dispute at the end of the day, or of each that is overdue; never more
-- than what is open. The twin of disputed and disputed_overdue in sum_standing.
-- Parameters: those of place_customers; what ('all' or 'overdue'). Rows: one a document.
, piece AS (
    SELECT item.id, item.number, item.customer_id, item.currency, coalesce(item.due_on, item.posted_on) AS on_day, item.kind AS about,
        least(item.amount, contested.amount) AS amount
    FROM item
    JOIN placed USING (customer_id)
    JOIN contested ON contested.invoice_id = item.id
    WHERE item.part = 'aged' AND (%(what)s = 'all' OR item.due_on < %(day)s)
)
