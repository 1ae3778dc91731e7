-- The newest rate of each currency on a day: what one unit of it is worth in the company's currency.
-- Parameters: company (id), day. Index: exchange_rate_is_given_once_a_day. Rows: a few.
SELECT DISTINCT ON (rate.currency) rate.currency, rate.rate
FROM exchange_rate AS rate
WHERE rate.company_id = %(company)s AND rate.valid_from <= %(day)s
ORDER BY rate.currency, rate.valid_from DESC
