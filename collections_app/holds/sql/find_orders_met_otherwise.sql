-- Orders that a file is to write and that are not as the file met them, as another door changed them or gave their number to
-- another customer meanwhile. Parameters: company (id), at (moment of writing, once they are written; NULL before it).
-- Relies on: order_number_is_unique_in_company. Rows: those orders, by line; none nearly always.
SELECT s.line, s.number
FROM stated_order s
JOIN customer_order o ON o.company_id = %(company)s AND o.number = s.number
WHERE (s.is_new OR s.is_changed)
  AND (o.customer_id, o.changed_at) IS DISTINCT FROM (s.customer_id, coalesce(%(at)s::timestamptz, s.known_changed_at))
ORDER BY s.line
