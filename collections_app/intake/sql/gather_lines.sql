-- Makes one row of the several rows of a document: its first line stands for all, amounts add up or repeat the total.
-- Parameters: summed (true when the rows add up).
WITH gathered AS (
    DELETE FROM arrived WHERE number IS NOT NULL RETURNING *
)
INSERT INTO arrived (
    line, type, customer, customer_name, number, instalment, reference, currency, amount, tax, debit, credit, side_mark,
    open_amount, issued_on, due_on, posted_on, settled_on, terms, method
)
SELECT min(line), min(type), customer, min(customer_name), number, instalment, min(reference), min(currency),
       CASE WHEN %(summed)s THEN sum(amount) ELSE (array_agg(amount ORDER BY line))[1] END,
       CASE WHEN %(summed)s THEN sum(tax) ELSE (array_agg(tax ORDER BY line))[1] END,
       CASE WHEN %(summed)s THEN sum(debit) ELSE (array_agg(debit ORDER BY line))[1] END,
       CASE WHEN %(summed)s THEN sum(credit) ELSE (array_agg(credit ORDER BY line))[1] END,
       min(side_mark),
       CASE WHEN %(summed)s THEN sum(open_amount) ELSE (array_agg(open_amount ORDER BY line))[1] END,
       min(issued_on), min(due_on), min(posted_on), min(settled_on), min(terms), min(method)
FROM gathered
GROUP BY customer, coalesce(customer, customer_name), number, instalment
