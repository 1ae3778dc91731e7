-- Goes on from place_customers: the documents and payments that make up a part of the ledger in one currency, of all
-- customers or one, the oldest due date first, page by page, each row with the sum and number of them all.
-- Parameters: those of list_customers, and customer (an id or NULL for all).
-- Rows: one a document, at most ``limit``.
SELECT item.id, item.number, item.kind, item.part, item.issued_on, item.posted_on, item.due_on, item.amount,
    greatest(0, coalesce(%(day)s::date - item.due_on, 0)) AS days_overdue,
    contested.amount AS disputed, customer.id AS customer_id, customer.name AS customer, customer.number AS customer_number,
    sum(item.amount) OVER () AS whole, count(*) OVER () AS items
FROM item
JOIN placed USING (customer_id)
JOIN customer ON customer.id = item.customer_id
LEFT JOIN contested ON contested.invoice_id = item.id AND item.part = 'aged'
WHERE item.currency = %(currency)s
    AND (%(customer)s::bigint IS NULL OR item.customer_id = %(customer)s)
    AND (%(part)s::text IS NULL OR item.part = %(part)s)
    AND (%(first)s::integer IS NULL OR coalesce(%(day)s::date - item.due_on, 0) >= %(first)s)
    AND (%(last)s::integer IS NULL OR coalesce(%(day)s::date - item.due_on, 0) <= %(last)s)
ORDER BY item.due_on, item.posted_on, item.part, item.id
LIMIT %(limit)s OFFSET %(skip)s
