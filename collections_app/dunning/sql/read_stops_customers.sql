-- Where customers are, what somebody said they are before the law, and until when they are left alone: the newest conversation, or an open commitment of ours, agrees
-- a call on a day that has not passed. And the oldest reply of theirs that nobody has read, as ReceivedMessage.pausing; one from an
-- address that is known at several customers is everybody's until somebody says whose it is.
-- Parameters: customers (array of ids), today (date, the company's), at (moment).
-- Indexes: contact_log_by_customer, commitment_open_by_customer, received_unread. Rows: one a customer.
SELECT customer.id, customer.country, customer.time_zone, customer.address,
    greatest(talk.next_on, agreed.due_on) AS left_alone_until, reply.sender AS unread_from, reply.received_at AS unread_at,
    coalesce(legal.form, '') AS legal_form, customer.is_active
FROM customer
LEFT JOIN customer_legal_form AS legal ON legal.customer_id = customer.id
LEFT JOIN (
    SELECT DISTINCT ON (customer_id) customer_id, received_at,
        coalesce(nullif(from_name, ''), nullif(from_address, ''), 'Somebody') AS sender
    FROM (
        SELECT customer_id, id, received_at, from_name, from_address FROM received_message
        WHERE customer_id = ANY(%(customers)s::bigint[]) AND read_at IS NULL AND kind = 'reply' AND audience = 'customer'
        UNION ALL
        SELECT contact.customer_id, got.id, got.received_at, got.from_name, got.from_address
        FROM contact
        JOIN customer AS theirs ON theirs.id = contact.customer_id
        JOIN received_message AS got ON got.company_id = theirs.company_id AND lower(got.from_address) = lower(contact.email)
        WHERE contact.customer_id = ANY(%(customers)s::bigint[]) AND contact.is_active AND contact.email <> ''
            AND got.customer_id IS NULL AND got.read_at IS NULL AND got.kind = 'reply' AND got.audience = 'customer'
    ) AS unread
    WHERE received_at <= %(at)s
    ORDER BY customer_id, received_at, id
) AS reply ON reply.customer_id = customer.id
LEFT JOIN LATERAL (
    SELECT CASE WHEN log.next_step = 'call_back' THEN log.next_on END AS next_on
    FROM contact_log AS log
    WHERE log.customer_id = customer.id AND log.withdrawn_at IS NULL AND log.at <= %(at)s
    ORDER BY log.at DESC, log.id DESC
    LIMIT 1
) AS talk ON talk.next_on >= %(today)s
LEFT JOIN LATERAL (
    SELECT max(commitment.due_on) AS due_on
    FROM commitment
    WHERE commitment.customer_id = customer.id AND commitment.state = 'open' AND commitment.kind = 'call_back'
        AND commitment.due_on >= %(today)s
) AS agreed ON true
WHERE customer.id = ANY(%(customers)s::bigint[])
