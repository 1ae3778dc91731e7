-- Approved emails that left: when they did. What may have left is asked about each time, since somebody may find out that it did
-- not. What somebody is just deciding is passed over; the next run remembers it.
-- Parameters: company (id). Indexes: reminder_draft_unsent, and the key of message.
-- Rows: those that left since the last run.
WITH gone AS MATERIALIZED (
    SELECT draft.id, message.sent_at
    FROM reminder_draft AS draft JOIN message ON message.id = draft.message_id
    WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'email' AND draft.left_at IS NULL
        AND message.state = 'sent'
    ORDER BY draft.id
    FOR NO KEY UPDATE OF draft SKIP LOCKED
)
UPDATE reminder_draft AS draft
SET left_at = gone.sent_at
FROM gone
WHERE draft.id = gone.id
