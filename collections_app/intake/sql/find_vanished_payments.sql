-- Lists payments that were not wholly set against invoices on the day of the list and are not on it.
-- Parameters: company (id), as_of (the day of the list). Relies on: payment_unallocated_by_cust.
CREATE TEMP TABLE vanished_payment ON COMMIT DROP AS
SELECT id, customer_id, kind, currency, unallocated_amount AS open_amount
FROM payment
WHERE company_id = %(company)s AND unallocated_amount > 0 AND posted_on <= %(as_of)s
  AND NOT EXISTS (SELECT FROM arriving_payment p WHERE p.known_id = payment.id)
