-- Makes one row of the several rows of a document: its first line stands for all. Rows that add up are summed, each with
-- its own side; rows that repeat the total become one only when they agree, so that others are told as standing twice.
-- One number may be an invoice, a credit note and a payment: rows of different types or currencies are never mixed.
-- Parameters: summed (true when the rows add up).
WITH gathered AS (
    DELETE FROM arrived
    WHERE number IS NOT NULL AND coalesce(type, '') NOT IN ('allocation', 'deallocation', 'reversal')
    RETURNING *, CASE WHEN %(summed)s AND side_mark = 'credit' THEN -1 ELSE 1 END AS side
),
-- Cells that only some of the rows fill say the same for all rows of that document.
filled AS (
    SELECT *, coalesce(currency, min(currency) OVER document) AS one_currency,
           CASE WHEN NOT %(summed)s THEN coalesce(amount, min(amount) OVER document) END AS total,
           CASE WHEN NOT %(summed)s THEN coalesce(tax, min(tax) OVER document) END AS total_tax,
           CASE WHEN NOT %(summed)s THEN coalesce(debit, min(debit) OVER document) END AS total_debit,
           CASE WHEN NOT %(summed)s THEN coalesce(credit, min(credit) OVER document) END AS total_credit,
           CASE WHEN NOT %(summed)s THEN coalesce(open_amount, min(open_amount) OVER document) END AS total_open,
           CASE WHEN NOT %(summed)s THEN coalesce(side_mark, min(side_mark) OVER document) END AS one_side
    FROM gathered
    WINDOW document AS (PARTITION BY customer, coalesce(customer, customer_name), number, instalment, type)
)
INSERT INTO arrived (
    line, type, customer, customer_name, number, instalment, reference, currency, amount, tax, debit, credit, side_mark,
    open_amount, issued_on, due_on, posted_on, settled_on, terms, method
)
SELECT min(line), type, customer, min(customer_name), number, instalment, min(reference), one_currency,
       coalesce(total, sum(amount * side)), coalesce(total_tax, sum(tax * side)), coalesce(total_debit, sum(debit * side)),
       coalesce(total_credit, sum(credit * side)), one_side, coalesce(total_open, sum(open_amount * side)),
       min(issued_on), min(due_on), min(posted_on), min(settled_on), min(terms), min(method)
FROM filled
GROUP BY customer, coalesce(customer, customer_name), number, instalment, type, one_currency,
         total, total_tax, total_debit, total_credit, total_open, one_side
