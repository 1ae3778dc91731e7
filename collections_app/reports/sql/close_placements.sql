-- Ends what was kept of customers who belong elsewhere now. Parameters: company, at (the moment of the snapshot).
-- Relies on: customer_belongs_somewhere_once, assignment and segment by key. Rows: none.
UPDATE report_placement AS kept
SET until_at = greatest(%(at)s, kept.since_at)
FROM customer c
LEFT JOIN customer_assignment a ON a.customer_id = c.id
LEFT JOIN segment s ON s.id = a.segment_id
WHERE kept.company_id = %(company)s AND kept.until_at IS NULL AND c.id = kept.customer_id
    AND (kept.segment, kept.collector_id, kept.salesperson_id, kept.country)
        IS DISTINCT FROM (coalesce(s.code, ''), a.collector_id, c.salesperson_id, c.country)
