-- Goes on from a statement of parts: keeps them of each customer. Parameters: those of that statement.
-- Rows: one a customer, part and currency.
INSERT INTO report_customer_part (company_id, customer_id, name, currency, keys, counts, amounts)
SELECT %(company)s, customer_id, name, currency, array_agg(key), array_agg(count), array_agg(amount)
FROM part
GROUP BY customer_id, name, currency
