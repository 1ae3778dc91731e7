-- Goes on from read_kept_customers: what is overdue of them, by who looks after them now.
-- Relies on: assignment by customer. Rows: one a collector and currency.
SELECT a.collector_id AS collector, kept.currency, sum(kept.overdue) AS amount
FROM kept LEFT JOIN customer_assignment AS a ON a.customer_id = kept.customer_id
WHERE kept.overdue > 0
GROUP BY a.collector_id, kept.currency
