-- Drafts that were approved, each with its message, if it has one. Approved on a later day than that of its run, a step counts
-- from that day on. What their words ask for, and by when, is kept with them.
-- Parameters: drafts, messages (arrays of ids; NULL for no message), said (JSON as text), answers (days), each one a draft; user
-- (id, NULL for the clock), day, at.
-- Rows: one a draft.
UPDATE reminder_draft AS draft
SET state = 'approved', message_id = found.message_id, decided_by_id = %(user)s, decided_at = %(at)s, stops = '[]',
    said = found.said::jsonb, answer_by = found.answer_by,
    counts_on = CASE WHEN draft.run_on = %(day)s THEN draft.counts_on ELSE %(day)s END, revision = draft.revision + 1
FROM unnest(%(drafts)s::bigint[], %(messages)s::bigint[], %(said)s::text[], %(answers)s::date[])
    AS found (id, message_id, said, answer_by)
WHERE draft.id = found.id
