-- The floor of the first page of the chase list: the rows of one collector with customer and segment, by hand.
-- Parameters: company, collector (ids), rows (how many).
-- Relies on entry_in_order_by_collector. Rows: those of one page.
SELECT
    entry.score, entry.rank, entry.previous_rank, entry.currency, entry.overdue, entry.to_collect, entry.disputed, entry.promised,
    entry.oldest_days, entry.parts, entry.last_contact_at, entry.next_step, entry.next_on, entry.call_back_at,
    customer.id, customer.number, customer.name, segment.name AS segment
FROM chase_entry AS entry
INNER JOIN customer ON customer.id = entry.customer_id
LEFT JOIN segment ON segment.id = entry.segment_id
WHERE entry.company_id = %(company)s AND entry.collector_id = %(collector)s AND entry.left_out = ''
ORDER BY entry.score DESC, entry.weight DESC, entry.oldest_days DESC, entry.customer_id
LIMIT %(rows)s
