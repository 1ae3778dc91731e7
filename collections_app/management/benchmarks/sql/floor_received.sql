-- The floor of the chart of cash: what was received in the month by day, in one currency, by hand.
-- Parameters: company (id), currency, day.
-- Rows: one a day, and one of them all.
SELECT posted_on, sum(amount) AS amount FROM payment
WHERE company_id = %(company)s AND kind = 'receipt' AND currency = %(currency)s
    AND posted_on BETWEEN date_trunc('month', %(day)s::date)::date AND %(day)s
GROUP BY GROUPING SETS ((posted_on), ())
