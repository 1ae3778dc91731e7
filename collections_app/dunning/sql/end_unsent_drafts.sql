-- Approved drafts whose message did not leave after all: withdrawn by a person, or by the house. They count as no step. What a
-- person withdrew comes again no sooner than put_off_until.
-- Parameters: drafts (ids of approved ones, locked), at (moment), put_off_until (date), because (sentence).
-- Indexes: the keys of both. Rows: few.
UPDATE reminder_draft AS draft
SET state = 'dropped', because = %(because)s, decided_at = %(at)s, decided_by_id = message.withdrawn_by_id,
    put_off_until = CASE WHEN message.withdrawn_by_id IS NOT NULL THEN %(put_off_until)s::date END,
    revision = draft.revision + 1
FROM message
WHERE draft.id = ANY(%(drafts)s::bigint[]) AND draft.state = 'approved'
    AND message.id = draft.message_id AND message.state = 'withdrawn'
