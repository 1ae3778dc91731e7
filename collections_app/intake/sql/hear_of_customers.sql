-- Lists every customer that the file names, with the id it has or will have. The name of a new one is its most frequent
-- spelling; a known one keeps its name, so that later spellings do not make it flip-flop, unless it is known by number only.
-- Parameters: company (id), currency (three letters, for customers whose rows state none).
-- Relies on: customer_number_is_unique_in_its_company. Rows: the different customers of the file.
CREATE TEMP TABLE heard_of ON COMMIT DROP AS
SELECT named.number,
       coalesce(customer.id, nextval((SELECT pg_get_serial_sequence('customer', 'id')::regclass))) AS id,
       customer.id IS NULL AS is_new,
       coalesce(named.name, named.number) AS name,
       coalesce(named.currency, %(currency)s) AS currency,
       customer.terms,
       coalesce(customer.name = customer.number AND named.name <> customer.name, false) AS is_renamed, ''::text AS search_key
FROM (
    SELECT number,
           mode() WITHIN GROUP (ORDER BY spelling) FILTER (WHERE spelling IS NOT NULL) AS name,
           mode() WITHIN GROUP (ORDER BY currency) FILTER (WHERE currency IS NOT NULL) AS currency
    FROM (
        SELECT coalesce(customer, left(customer_name, 64)) AS number, customer_name AS spelling, currency
        FROM arrived
        WHERE coalesce(customer, customer_name) IS NOT NULL
    ) AS rows
    GROUP BY number
) AS named
LEFT JOIN customer ON customer.company_id = %(company)s AND customer.number = named.number;
-- The planner would otherwise take it for a handful of rows.
ANALYZE heard_of (id, number, is_new)
