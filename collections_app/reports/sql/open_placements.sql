-- Goes after close_placements: keeps where customers belong of whom nothing is kept any more, or was never.
-- Parameters: company, at (the moment of the snapshot). Relies on: customer_belongs_somewhere_once. Rows: none.
INSERT INTO report_placement (company_id, customer_id, segment, collector_id, salesperson_id, country, since_at)
SELECT c.company_id, c.id, coalesce(s.code, ''), a.collector_id, c.salesperson_id, c.country, %(at)s
FROM customer c
LEFT JOIN customer_assignment a ON a.customer_id = c.id
LEFT JOIN segment s ON s.id = a.segment_id
LEFT JOIN report_placement kept ON kept.customer_id = c.id AND kept.until_at IS NULL
WHERE c.company_id = %(company)s AND kept.id IS NULL
