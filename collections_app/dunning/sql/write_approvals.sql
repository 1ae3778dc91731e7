-- Drafts that were approved, each with its message, if it has one. Approved on a later day than that of its run, a step counts
-- from that day on.
-- Parameters: drafts, messages (arrays of ids, one pair a place; NULL for no message), user (id, NULL for the clock), day, at.
-- Rows: one a draft.
UPDATE reminder_draft AS draft
SET state = 'approved', message_id = found.message_id, decided_by_id = %(user)s, decided_at = %(at)s, stops = '[]',
    counts_on = CASE WHEN draft.run_on = %(day)s THEN draft.counts_on ELSE %(day)s END, revision = draft.revision + 1
FROM unnest(%(drafts)s::bigint[], %(messages)s::bigint[]) AS found (id, message_id)
WHERE draft.id = found.id
