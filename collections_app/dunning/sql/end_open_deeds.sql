-- Calls, tasks and proposals of holds that nobody did and that have no reason any more: nothing of the customer's is to be
-- collected, or a later one of the same kind stands. Before the due date: what it was about is settled or overdue.
-- Parameters: company (id), day (date), at (moment), messages (channels that leave the house), settled, replaced (reasons).
-- Indexes: reminder_draft_open, position_by_company.
-- Rows: those that end; few on an ordinary day.
WITH standing AS MATERIALIZED (
    SELECT id, customer_id, channel, level,
        lead(id) OVER (PARTITION BY customer_id, channel ORDER BY run_on, id) IS NOT NULL AS is_replaced
    FROM reminder_draft
    WHERE company_id = %(company)s AND state = 'proposed' AND channel <> ALL(%(messages)s::text[])
),
collectable AS MATERIALIZED (
    SELECT DISTINCT customer_id FROM customer_position
    WHERE company_id = %(company)s AND to_collect > 0 AND oldest_due_on < %(day)s
),
ending AS (
    SELECT standing.id, CASE WHEN is_replaced THEN %(replaced)s ELSE %(settled)s END AS because
    FROM standing
    WHERE is_replaced
        OR CASE WHEN standing.level = 0 THEN NOT EXISTS (
            SELECT FROM reminder_draft_invoice AS line JOIN invoice ON invoice.id = line.invoice_id
            WHERE line.draft_id = standing.id AND invoice.open_amount > 0 AND invoice.due_on >= %(day)s
        ) ELSE standing.customer_id NOT IN (SELECT customer_id FROM collectable) END
)
UPDATE reminder_draft AS draft
SET state = 'dropped', because = ending.because, decided_at = %(at)s, revision = draft.revision + 1
FROM ending WHERE draft.id = ending.id
