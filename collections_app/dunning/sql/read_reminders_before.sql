-- What stands before each draft: the newest other reminder to the customer that left, one of the same ladder that was approved
-- and did not leave, and whether anybody wrote or spoke to them since the ladder began.
-- Parameters: drafts (array of ids), messages (channels that leave the house), left (states of messages that have, or may have,
-- left), final_level, silent (outcomes of a conversation that reached nobody), zone (IANA name).
-- Indexes: reminder_draft_by_customer, contact_log_by_customer, and the key of message. Rows: one a draft.
WITH other AS MATERIALIZED (
    SELECT draft.id AS draft_id, draft.climb_id = o.climb_id AS is_same, o.run_on < draft.run_on AS is_earlier, o.level, o.channel,
        message.state, CASE WHEN message.state = ANY(%(left)s::text[]) THEN coalesce(message.sent_at, message.claimed_at)
            ELSE coalesce(o.posted_at, o.left_at) END AS left_at
    FROM reminder_draft AS draft
    JOIN reminder_draft AS o ON o.customer_id = draft.customer_id AND o.id <> draft.id
    LEFT JOIN message ON message.id = o.message_id
    WHERE draft.id = ANY(%(drafts)s::bigint[]) AND o.state IN ('approved', 'done') AND o.channel = ANY(%(messages)s::text[])
),
last AS (
    SELECT DISTINCT ON (draft_id) * FROM other WHERE left_at IS NOT NULL ORDER BY draft_id, left_at DESC
),
waiting AS (
    SELECT DISTINCT ON (draft_id) * FROM other WHERE left_at IS NULL AND is_same AND is_earlier ORDER BY draft_id, level
)
SELECT draft.id AS draft_id, draft.procedure_id, draft.step_code,
    last.level AS last_level, last.channel AS last_channel, last.left_at,
    waiting.level AS waiting_level, waiting.channel AS waiting_channel,
    draft.level >= %(final_level)s
    AND NOT EXISTS (
        SELECT FROM other
        WHERE other.draft_id = draft.id AND other.is_same AND other.left_at IS NOT NULL AND coalesce(other.state, 'sent') = 'sent'
    )
    AND NOT EXISTS (
        SELECT FROM reminder_draft AS call
        WHERE call.customer_id = draft.customer_id AND call.climb_id = draft.climb_id AND call.channel = 'call'
            AND call.state = 'done'
    )
    AND NOT EXISTS (
        SELECT FROM contact_log AS log JOIN reminder_climb AS climb ON climb.id = draft.climb_id
        WHERE log.customer_id = draft.customer_id AND log.withdrawn_at IS NULL AND log.outcome <> ALL(%(silent)s::text[])
            AND log.at >= climb.began_on::timestamp AT TIME ZONE %(zone)s
    ) AS is_first_word
FROM reminder_draft AS draft
LEFT JOIN last ON last.draft_id = draft.id
LEFT JOIN waiting ON waiting.draft_id = draft.id
WHERE draft.id = ANY(%(drafts)s::bigint[])
