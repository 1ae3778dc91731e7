-- The newest rate of each currency on a day: what one unit of it is worth in the company's currency. One look at the
-- index for each currency, however many days are known of it.
-- Parameters: company (id), day. Index: exchange_rate_is_given_once_a_day. Rows: a few.
WITH RECURSIVE known AS (
    SELECT min(currency) AS currency FROM exchange_rate WHERE company_id = %(company)s
    UNION ALL
    SELECT (SELECT min(r.currency) FROM exchange_rate r WHERE r.company_id = %(company)s AND r.currency > known.currency)
    FROM known WHERE known.currency IS NOT NULL
)
SELECT known.currency, newest.rate, newest.valid_from, newest.source
FROM known
CROSS JOIN LATERAL (
    SELECT r.rate, r.valid_from, r.source FROM exchange_rate r
    WHERE r.company_id = %(company)s AND r.currency = known.currency AND r.valid_from <= %(day)s
    ORDER BY r.valid_from DESC LIMIT 1
) AS newest
ORDER BY known.currency
