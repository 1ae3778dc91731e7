-- The floor of the pages of exceptions, approvals and write-offs: what waits for a decision, by hand, with the name of its customer.
-- Parameters: company (id), rows (how many).
-- Relies on write_off_waiting. Rows: those of one page.
SELECT write_off.id, write_off.amount, write_off.currency, write_off.proposed_at, customer.name
FROM write_off JOIN customer ON customer.id = write_off.customer_id
WHERE write_off.company_id = %(company)s AND write_off.state = 'proposed'
ORDER BY write_off.proposed_at, write_off.id
LIMIT %(rows)s
