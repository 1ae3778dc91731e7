-- Where drafts stand after somebody looked at them: state, what holds them back, and why they ended, if they did.
-- Parameters: drafts (array of ids), states, stops (JSON as text), becauses (arrays, one a draft); decided_at (moment; NULL for
-- what stays open). Rows: one a draft.
UPDATE reminder_draft AS draft
SET state = found.state, stops = found.stops::jsonb, because = found.because, decided_at = %(decided_at)s,
    revision = draft.revision + 1
FROM unnest(%(drafts)s::bigint[], %(states)s::text[], %(stops)s::text[], %(becauses)s::text[])
    AS found (id, state, stops, because)
WHERE draft.id = found.id
