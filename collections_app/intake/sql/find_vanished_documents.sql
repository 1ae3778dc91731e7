-- Lists what was open in the ledger on the day of the list and is not on it. What we wrote ourselves, and no file has
-- stated yet, is not known to who wrote the list, so it stays.
-- Parameters: company (id), as_of (the day of the list). Relies on: invoice_open_by_customer.
CREATE TEMP TABLE vanished_document ON COMMIT DROP AS
SELECT id, customer_id, kind, currency, open_amount
FROM invoice
WHERE company_id = %(company)s AND open_amount > 0 AND posted_on <= %(as_of)s
  AND NOT is_ours_alone
  AND NOT EXISTS (SELECT FROM arriving_document d WHERE d.known_id = invoice.id)
