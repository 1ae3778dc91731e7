-- Adds up what of the expected payments of a company is due and can be asked for, and how much of that is likely to come soon:
-- one row a customer and currency. Parameters: company (id), first and last (ids of customers, NULL for all).
-- Reads expected_payment as just written. Rows: one a customer and currency that something can be asked of.
INSERT INTO expected_soon (company_id, customer_id, currency, day, askable, soon)
SELECT company_id, customer_id, currency, day, sum(open_amount - disputed - promised),
    sum(soon_share * (open_amount - disputed - promised))
FROM expected_payment
WHERE company_id = %(company)s AND (facts->>'late')::integer >= 0 AND open_amount > disputed + promised
    AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
GROUP BY company_id, customer_id, currency, day
