-- The floor of how the work is spread: what each collector looks after, and how much of it is overdue, by hand.
-- Parameters: company (id).
-- Rows: one a collector and currency.
SELECT a.collector_id, p.currency, count(*), sum(p.overdue)
FROM customer_assignment AS a JOIN customer_position AS p ON p.customer_id = a.customer_id
WHERE a.company_id = %(company)s
GROUP BY a.collector_id, p.currency
