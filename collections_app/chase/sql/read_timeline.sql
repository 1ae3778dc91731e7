-- One page of everything that happened with a customer, the newest first: conversations, changes, documents, money.
-- What a document or a payment happened on is a day; it stands at the end of it, so that the day's talk comes before.
-- Contact logs speak for themselves, so the events that only repeat them are left out.
-- Parameters: customer (id); zone (IANA name); kinds (array); before_at, before_kind, before_id (the last item of the page
-- before, null on the first); page_rows.
-- Relies on contact_log_by_customer, event_by_customer, invoice_is_known_once, payment_is_known_once.
-- Rows: up to page_rows; each branch reads no more than one customer's rows.
SELECT at, kind, id
FROM (
    SELECT log.at, 'contact' AS kind, log.id
    FROM contact_log AS log
    WHERE log.customer_id = %(customer)s
    UNION ALL
    SELECT
        event.at,
        CASE WHEN event.what LIKE 'promise.%%' OR event.what LIKE 'dispute.%%' THEN 'agreed' ELSE 'change' END,
        event.id
    FROM activity_event AS event
    WHERE event.customer_id = %(customer)s AND event.what NOT LIKE 'contact.%%'
    UNION ALL
    SELECT (invoice.posted_on + 1)::timestamp AT TIME ZONE %(zone)s - interval '1 second', 'invoice', invoice.id
    FROM invoice
    WHERE invoice.customer_id = %(customer)s
    UNION ALL
    SELECT (payment.posted_on + 1)::timestamp AT TIME ZONE %(zone)s - interval '1 second', 'payment', payment.id
    FROM payment
    WHERE payment.customer_id = %(customer)s
) AS happened
WHERE
    kind = ANY(%(kinds)s)
    AND (%(before_at)s::timestamptz IS NULL OR (at, kind, id) < (%(before_at)s, %(before_kind)s, %(before_id)s))
ORDER BY at DESC, kind DESC, id DESC
LIMIT %(page_rows)s
