-- Picks the message that has been due longest and that nobody else is at, and keeps it until the transaction
-- ends. What another worker has locked is passed over, so no two get the same and none waits.
-- Parameters: at (moment), company (id, NULL for all), passed (ids of messages to leave out), companies (ids) and hosts
-- (in small letters) that have had their fill for now. Reads the index message_due, or message_due_of_company, from its
-- beginning: one row, and those passed.
SELECT
    message.*,
    EXISTS (SELECT FROM message_attachment AS attached WHERE attached.message_id = message.id) AS has_attachments
FROM message
WHERE message.state = 'queued'
    AND message.next_attempt_at <= %(at)s
    AND (%(company)s::bigint IS NULL OR message.company_id = %(company)s::bigint)
    AND message.id <> ALL (%(passed)s::bigint[])
    AND message.company_id <> ALL (%(companies)s::bigint[])
    AND lower(split_part(message.to_address, '@', 2)) <> ALL (%(hosts)s::text[])
    AND NOT EXISTS (
        SELECT FROM sending_pause AS pause
        WHERE pause.resumed_at IS NULL AND (pause.company_id IS NULL OR pause.company_id = message.company_id)
    )
ORDER BY message.next_attempt_at, message.id
LIMIT 1
FOR NO KEY UPDATE OF message SKIP LOCKED
