-- When customers heard from us lately: conversations that we began and in which somebody was reached or left a message,
-- messages that ask for something, and letters that somebody posted. Those to another customer, of whichever company of ours, count when they went to an
-- address that is a contact's here too (email is empty for their own). A message of which nobody knows whether it left counts,
-- and one that another worker is just sending, whose clock may be ahead.
-- Parameters: customers (array of ids), since and until (moments), silent (outcomes in which they heard nothing), answers
-- (kinds of messages that only answer them), left (states of messages that have, or may have, left).
-- Indexes: contact_by_email, contact_log_by_customer, message_by_customer, reminder_draft_by_customer.
-- Rows: one a touch; a few a customer.
WITH kin AS MATERIALIZED (
    SELECT here.customer_id, there.customer_id AS other_id, lower(here.email) AS email
    FROM contact AS here
    JOIN contact AS there ON lower(there.email) = lower(here.email) AND there.email <> ''
        AND there.customer_id <> here.customer_id
    WHERE here.customer_id = ANY(%(customers)s::bigint[]) AND here.email <> '' AND here.is_active
),
asked AS (
    SELECT id AS customer_id, id AS other_id, NULL AS email FROM unnest(%(customers)s::bigint[]) AS id
    UNION
    SELECT customer_id, other_id, email FROM kin
)
SELECT asked.customer_id, log.at, log.channel AS what, coalesce(nullif(person.full_name, ''), person.username) AS who,
    coalesce(asked.email, '') AS address, other.name || ' (' || other.number || ')' AS about
FROM asked
JOIN contact_log AS log ON log.customer_id = asked.other_id
JOIN app_user AS person ON person.id = log.by_id
JOIN customer AS other ON other.id = asked.other_id
LEFT JOIN contact ON contact.id = log.contact_id
WHERE log.at > %(since)s AND log.at <= %(until)s AND log.withdrawn_at IS NULL AND log.direction = 'out'
    AND log.outcome <> ALL(%(silent)s::text[])
    AND (asked.email IS NULL OR lower(contact.email) = asked.email)
UNION ALL
SELECT asked.customer_id, coalesce(message.sent_at, message.claimed_at), 'message', '', coalesce(asked.email, ''),
    other.name || ' (' || other.number || ')'
FROM asked
JOIN message ON message.customer_id = asked.other_id
JOIN customer AS other ON other.id = asked.other_id
WHERE message.audience = 'customer' AND message.kind <> ALL(%(answers)s::text[]) AND message.state = ANY(%(left)s::text[])
    AND coalesce(message.sent_at, message.claimed_at) > %(since)s
    AND coalesce(message.sent_at, message.claimed_at) <= %(until)s
    AND (asked.email IS NULL OR lower(message.to_address) = asked.email)
UNION ALL
SELECT draft.customer_id, draft.posted_at, 'letter', '', '', customer.name || ' (' || customer.number || ')'
FROM reminder_draft AS draft
JOIN customer ON customer.id = draft.customer_id
WHERE draft.customer_id = ANY(%(customers)s::bigint[]) AND draft.channel = 'letter'
    AND draft.posted_at > %(since)s AND draft.posted_at <= %(until)s
