-- How many customers each collector looks after.
-- Parameters: company (id).
-- Relies on: assignment_by_collector, all of the company's; read once after each change.
-- Rows: one a collector, and one for nobody.
SELECT collector_id AS collector, count(*) AS customers
FROM customer_assignment WHERE company_id = %(company)s GROUP BY collector_id
