-- Reminders that the outbox held back at the moment of sending because their words are no longer right, or not for now, and those
-- about which a person has decided what was to be decided: they are withdrawn, and the run drafts anew what is still to be said.
-- Parameters: drafts (ids of approved ones, locked), at (moment), anew (codes of stops that make words stale), decided (ids of
-- drafts that need nobody any more).
-- Rows: few.
UPDATE message
SET state = 'withdrawn', withdrawn_at = %(at)s, changed_at = %(at)s, next_attempt_at = NULL
FROM reminder_draft AS draft
WHERE draft.id = ANY(%(drafts)s::bigint[]) AND message.id = draft.message_id AND message.state = 'held_back'
    AND (
        draft.id = ANY(%(decided)s::bigint[])
        OR EXISTS (SELECT FROM jsonb_array_elements(message.stops) AS stop WHERE stop ->> 'code' = ANY(%(anew)s::text[]))
    )
