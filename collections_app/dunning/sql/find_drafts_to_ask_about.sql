-- Open messages that something may hold back otherwise than is written with them: a superset, about which rules/stops decides
-- one by one. Passed over are those of whose customer nothing is disputed, promised, blocked, agreed, owed by us, unallocated
-- or dated later, whose invoices are open with the amounts they ask for, and with which exactly that is written: nothing, or
-- that there is no address. Nobody with an address to which mail came back is passed over, nobody who is not active any more, no
-- level that is switched off, and no final notice nor what comes after it, which depend on what went before and on who owes.
-- Goes on from plain_customers. Parameters: those, messages (channels that leave the house), final_level, highest_level (that is
-- switched on), customers (array of ids, NULL for all).
-- Indexes: reminder_draft_open, payment_unallocated_by_cust, invoice_open_by_customer, contact_log_by_next_step,
-- dunning_block_standing. Rows: few on an ordinary day; all that are new, where there is no address.
waiting AS MATERIALIZED (
    SELECT id, customer_id, channel, level, stops FROM reminder_draft
    WHERE company_id = %(company)s AND state IN ('proposed', 'held_back') AND channel = ANY(%(messages)s::text[])
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
),
watched AS MATERIALIZED (
    SELECT customer_id FROM spoken_for
    UNION SELECT customer_id FROM payment WHERE company_id = %(company)s AND unallocated_amount > 0
    UNION SELECT customer_id FROM invoice WHERE company_id = %(company)s AND open_amount > 0 AND kind = 'credit_note'
    UNION SELECT customer_id FROM dunning_block WHERE company_id = %(company)s AND state = 'standing' AND until >= %(day)s
    UNION
    SELECT customer_id FROM contact_log
    WHERE company_id = %(company)s AND withdrawn_at IS NULL AND next_on >= %(day)s AND next_step = 'call_back'
    UNION SELECT customer_id FROM commitment WHERE company_id = %(company)s AND state = 'open'
    UNION SELECT id FROM customer WHERE company_id = %(company)s AND NOT is_active
    UNION
    SELECT contact.customer_id FROM contact JOIN customer ON customer.id = contact.customer_id
    WHERE customer.company_id = %(company)s AND contact.is_active AND contact.email_bounced_at IS NOT NULL
),
other AS (
    SELECT line.draft_id
    FROM waiting
    JOIN reminder_draft_invoice AS line ON line.draft_id = waiting.id
    JOIN invoice ON invoice.id = line.invoice_id
    WHERE line.open_amount <> invoice.open_amount OR invoice.posted_on > %(day)s OR invoice.kind = 'credit_note'
),
reached AS (
    SELECT waiting.id FROM waiting JOIN contact ON contact.customer_id = waiting.customer_id
    WHERE waiting.channel = 'email' AND contact.is_active AND contact.email <> ''
    UNION ALL
    SELECT waiting.id FROM waiting JOIN customer ON customer.id = waiting.customer_id
    WHERE waiting.channel = 'letter' AND customer.address ~ '\S'
)
SELECT id FROM waiting
WHERE level >= %(final_level)s OR level > %(highest_level)s OR customer_id IN (SELECT customer_id FROM watched)
    OR id IN (SELECT draft_id FROM other)
    OR jsonb_path_query_array(stops, '$[*].code')
        <> CASE WHEN id IN (SELECT id FROM reached) THEN '[]'::jsonb ELSE '["no_address"]'::jsonb END
