-- The floor of a list of customers behind a figure: what each owes in one currency, by hand, the largest first.
-- Parameters: company (id), currency, rows (how many).
-- Relies on invoice_open_by_customer. Rows: those of one page, each with the total.
SELECT customer.id, customer.number, customer.name, owed.amount, owed.items, owed.whole
FROM (
    SELECT customer_id, sum(open_amount) AS amount, count(*) AS items, sum(sum(open_amount)) OVER () AS whole
    FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0 AND kind <> 'credit_note' AND currency = %(currency)s
    GROUP BY customer_id
    ORDER BY amount DESC, customer_id
    LIMIT %(rows)s
) AS owed
JOIN customer ON customer.id = owed.customer_id
ORDER BY owed.amount DESC, customer.id
