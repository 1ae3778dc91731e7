-- The floor of writing down what came of a call: the one row, which is rolled back.
-- Parameters: company, customer, collector (ids), at (moment).
INSERT INTO contact_log (
    company_id, customer_id, by_id, at, channel, direction, spoke_with, outcome, said, next_step
)
VALUES (%(company)s, %(customer)s, %(collector)s, %(at)s, 'call', 'out', '', 'left_message', '', '')
