-- Spreads the customers of the benchmark as a large company has them: runs of them belong to a collector, three countries and four
-- salespeople; a country says the currency.
-- Parameters: company (id), collectors, salespeople (arrays of user ids).
-- Rows: one a customer.
UPDATE customer SET
    collector_id = (%(collectors)s::bigint[])[1 + block %% cardinality(%(collectors)s::bigint[])],
    salesperson_id = (%(salespeople)s::bigint[])[1 + (block * 4 + place.n %% 4) %% cardinality(%(salespeople)s::bigint[])],
    country = place.country,
    currency = CASE place.country WHEN 'DE' THEN 'EUR' WHEN 'FR' THEN 'EUR' WHEN 'NL' THEN 'EUR' WHEN 'US' THEN 'USD' ELSE 'GBP' END
FROM (
    SELECT id, n, n / 450 AS block,
        (ARRAY['GB', 'GB', 'GB', 'GB', 'IE', 'DE', 'FR', 'NL', 'US', 'GB', 'AU', 'SE'])[1 + (n / 450 * 3 + n %% 3) %% 12] AS country
    FROM (SELECT id, (row_number() OVER (ORDER BY id))::integer - 1 AS n FROM customer WHERE company_id = %(company)s) AS numbered
) AS place
WHERE customer.id = place.id
