-- A customer by number: what a shop names while somebody waits.
-- Parameters: company (id), number. Index: that of company and number. Rows: one or none.
SELECT customer.* FROM customer WHERE customer.company_id = %(company)s AND customer.number = %(number)s
