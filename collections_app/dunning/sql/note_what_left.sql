-- Approved emails that left: when they did. What may have left is asked about each time, since somebody may find out that it did
-- not.
-- Parameters: company (id). Indexes: reminder_draft_unsent, and the key of message.
-- Rows: those that left since the last run.
UPDATE reminder_draft AS draft
SET left_at = message.sent_at
FROM message
WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'email' AND draft.left_at IS NULL
    AND message.id = draft.message_id AND message.state = 'sent'
