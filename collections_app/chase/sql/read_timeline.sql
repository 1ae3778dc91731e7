-- One page of everything that happened with a customer, the newest first: conversations, changes, documents, money.
-- What a document or a payment happened on is a day; it stands at the end of it, so that the day's talk comes before.
-- Contact logs speak for themselves, so the events that only repeat them are left out; that one was taken back, when and
-- by whom, is an event of its own.
-- Parameters: customer (id); zone (IANA name); kinds (array); event_nouns, event_kinds (arrays of equal length: the kind
-- of an event by its noun); who (id of a user), words (pattern of LIKE), since, until (dates), each null for no limit;
-- before_at, before_kind, before_id (the last item of the page before, null on the first); page_rows.
-- Relies on contact_log_by_customer, event_by_customer, invoice_is_known_once, payment_is_known_once.
-- Rows: up to page_rows; each branch reads no more than one customer's rows.
SELECT at, kind, id
FROM (
    SELECT log.at, 'contact' AS kind, log.id, log.by_id, concat_ws(' ', log.said, log.spoke_with, contact.name) AS words
    FROM contact_log AS log
    LEFT JOIN contact ON contact.id = log.contact_id
    WHERE log.customer_id = %(customer)s
    UNION ALL
    SELECT event.at, coalesce(named.kind, 'change'), event.id, event.by_id, event.summary
    FROM activity_event AS event
    LEFT JOIN unnest(%(event_nouns)s::text[], %(event_kinds)s::text[]) AS named (noun, kind)
        ON named.noun = split_part(event.what, '.', 1)
    WHERE event.customer_id = %(customer)s AND event.what <> 'contact.logged'
    UNION ALL
    SELECT
        (invoice.posted_on + 1)::timestamp AT TIME ZONE %(zone)s - interval '1 second', 'invoice', invoice.id,
        NULL, concat_ws(' ', invoice.number, invoice.reference)
    FROM invoice
    WHERE invoice.customer_id = %(customer)s
    UNION ALL
    SELECT
        (payment.posted_on + 1)::timestamp AT TIME ZONE %(zone)s - interval '1 second', 'payment', payment.id,
        NULL, concat_ws(' ', payment.number, payment.reference)
    FROM payment
    WHERE payment.customer_id = %(customer)s
) AS happened
WHERE
    kind = ANY(%(kinds)s)
    AND (%(who)s::bigint IS NULL OR by_id = %(who)s)
    AND (%(words)s::text IS NULL OR words ILIKE %(words)s)
    AND (%(since)s::date IS NULL OR at >= %(since)s::date::timestamp AT TIME ZONE %(zone)s)
    AND (%(until)s::date IS NULL OR at < (%(until)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
    AND (%(before_at)s::timestamptz IS NULL OR (at, kind, id) < (%(before_at)s, %(before_kind)s, %(before_id)s))
ORDER BY at DESC, kind DESC, id DESC
LIMIT %(page_rows)s
