-- Who is placed where by two packs of rules, counted: customers and money by pair of places, and the first of those
-- who would move. One reading of the facts for all of it. Places are numbers that both packs share; none is NULL.
-- Three kinds of row: a pair of places with its customers (no currency), the same pair with what they owe in one
-- currency, and a customer who moves (customer_id). Amounts stay apart by currency.
-- Parameters: placed: a query of customer, place before and place after; movers_max: so many customers, by name.
-- Relies on the unique index of customer_position on customer_id and currency. Rows: pairs times currencies.
WITH placed AS MATERIALIZED (
    SELECT customer_id, was::integer AS was, becomes::integer AS becomes
    FROM (%(placed)s) AS asked (customer_id, was, becomes)
)
SELECT
    was,
    becomes,
    NULL::bigint AS customer_id,
    NULL::varchar AS currency,
    count(*) AS customers,
    NULL::numeric AS exposure,
    NULL::numeric AS overdue,
    NULL::numeric AS to_collect
FROM placed
GROUP BY was, becomes
UNION ALL
SELECT
    placed.was,
    placed.becomes,
    NULL,
    position.currency,
    count(*),
    sum(position.exposure),
    sum(position.overdue),
    sum(position.to_collect)
FROM placed
JOIN customer_position AS position ON position.customer_id = placed.customer_id
GROUP BY placed.was, placed.becomes, position.currency
UNION ALL
(
    SELECT placed.was, placed.becomes, placed.customer_id, NULL, 1, NULL, NULL, NULL
    FROM placed
    JOIN customer ON customer.id = placed.customer_id
    WHERE placed.was IS DISTINCT FROM placed.becomes
    ORDER BY customer.search_key, customer.id
    LIMIT %(movers_max)s
);
