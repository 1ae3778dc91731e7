-- What is overdue as positions have it, by who looks after the customers now: before a night has kept anything.
-- Parameters: company (id).
-- Relies on: positions and assignment by customer. Rows: one a collector and currency.
SELECT a.collector_id AS collector, p.currency, sum(p.overdue) AS amount
FROM customer_position AS p LEFT JOIN customer_assignment AS a ON a.customer_id = p.customer_id
WHERE p.company_id = %(company)s AND p.overdue > 0
GROUP BY a.collector_id, p.currency
