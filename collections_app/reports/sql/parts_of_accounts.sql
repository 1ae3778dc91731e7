-- Goes on from post_accounts: ``part``, the balance of each customer by what was posted. Unlike figures of a report it is of everybody.
-- Parameters: those of post_accounts. Rows: one a customer and currency.
, part AS (
    SELECT customer_id, 'account' AS name, currency, 0 AS key, count(*) AS count, sum(amount) AS amount
    FROM account
    GROUP BY customer_id, currency
)
