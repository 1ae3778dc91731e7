-- Reminders by email that a mail server did not take, and that nobody had sent again since: they are withdrawn, and their drafts
-- end with what the server said. They are no step that was taken.
-- Parameters: company (id), at (moment), because (words), letters (how many a reason may have).
-- Indexes: reminder_draft_unsent, and the key of message. Rows: few.
WITH failed AS (
    UPDATE message
    SET state = 'withdrawn', withdrawn_at = %(at)s, changed_at = %(at)s
    FROM reminder_draft AS draft
    WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'email' AND draft.left_at IS NULL
        AND message.id = draft.message_id AND message.state = 'failed'
    RETURNING message.id, message.last_answer
)
UPDATE reminder_draft AS draft
SET state = 'dropped', because = left(concat_ws(': ', %(because)s, nullif(failed.last_answer, '')), %(letters)s),
    decided_at = %(at)s, decided_by_id = NULL, revision = draft.revision + 1
FROM failed
WHERE draft.message_id = failed.id
