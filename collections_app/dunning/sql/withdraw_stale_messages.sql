-- Reminders that the outbox held back at the moment of sending because their words are no longer right, or not for now: they are
-- withdrawn, and the run drafts anew what is still to be said. Where a person has something to decide, nothing happens here.
-- Parameters: company (id), at (moment), anew (codes of stops that make words stale).
-- Rows: few.
UPDATE message
SET state = 'withdrawn', withdrawn_at = %(at)s, changed_at = %(at)s, next_attempt_at = NULL
FROM reminder_draft AS draft
WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND message.id = draft.message_id
    AND message.state = 'held_back'
    AND EXISTS (SELECT FROM jsonb_array_elements(message.stops) AS stop WHERE stop ->> 'code' = ANY(%(anew)s::text[]))
