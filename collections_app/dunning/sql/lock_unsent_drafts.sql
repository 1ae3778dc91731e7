-- Approved drafts whose message did not leave and does not wait either: held back, refused by a mail server, or withdrawn. They are
-- locked before their messages are written, in the order in which people do it; what somebody is just deciding is passed over, and
-- the next run sees what they decided.
-- Parameters: company (id).
-- Indexes: reminder_draft_unsent, and the key of message. Rows: few.
SELECT draft.id, message.state
FROM reminder_draft AS draft JOIN message ON message.id = draft.message_id
WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'email' AND draft.left_at IS NULL
    AND message.state IN ('held_back', 'failed', 'withdrawn')
ORDER BY draft.id
FOR NO KEY UPDATE OF draft SKIP LOCKED
