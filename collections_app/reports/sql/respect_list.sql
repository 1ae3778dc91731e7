-- Goes on from respect_items: those of one kind, what was not as it should be first. Parameters beside those: kind, missed (whether
-- only these are wanted), limit, skip. Rows: a page.
SELECT items.*, customer.number, customer.name
FROM items LEFT JOIN customer ON customer.id = items.customer_id
WHERE items.kind = %(kind)s AND NOT (%(missed)s AND items.is_good)
ORDER BY items.is_good, items.on_day DESC, items.id DESC
LIMIT %(limit)s OFFSET %(skip)s
