-- Approved drafts whose message did not leave after all: withdrawn by a person, or by the house. They count as no step. What a
-- person withdrew comes again no sooner than put_off_until.
-- Parameters: company (id), at (moment), put_off_until (date), because (sentence).
-- Indexes: reminder_draft_unsent, and the key of message. Rows: few.
UPDATE reminder_draft AS draft
SET state = 'dropped', because = %(because)s, decided_at = %(at)s, decided_by_id = message.withdrawn_by_id,
    put_off_until = CASE WHEN message.withdrawn_by_id IS NOT NULL THEN %(put_off_until)s::date END,
    revision = draft.revision + 1
FROM message
WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'email' AND draft.left_at IS NULL
    AND message.id = draft.message_id AND message.state = 'withdrawn'
