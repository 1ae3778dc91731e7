-- Reminders by email that a mail server did not take, and that nobody had sent again since: they are withdrawn, and their drafts
-- end with what the server said. They are no step that was taken.
-- Parameters: drafts (ids of approved ones, locked), at (moment), because (words), letters (how many a reason may have).
-- Indexes: the keys of both. Rows: few.
WITH failed AS (
    UPDATE message
    SET state = 'withdrawn', withdrawn_at = %(at)s, changed_at = %(at)s
    FROM reminder_draft AS draft
    WHERE draft.id = ANY(%(drafts)s::bigint[]) AND draft.state = 'approved'
        AND message.id = draft.message_id AND message.state = 'failed'
    RETURNING message.id, message.last_answer
)
UPDATE reminder_draft AS draft
SET state = 'dropped', because = left(concat_ws(': ', %(because)s, nullif(failed.last_answer, '')), %(letters)s),
    decided_at = %(at)s, decided_by_id = NULL, revision = draft.revision + 1
FROM failed
WHERE draft.message_id = failed.id
