-- Goes on from post_accounts: the balance of the ledger. Rows: one a currency and month; added up they are the balance.
SELECT currency, date_trunc('month', on_day)::date AS month, sum(amount) AS amount
FROM account
GROUP BY currency, month
ORDER BY currency, month
