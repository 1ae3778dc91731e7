-- Goes on from part_kept_customers: what they add to a part, in how many items, and how many they are.
-- Parameters: those of part_kept_customers.
-- Rows: one a currency.
SELECT currency, sum(amount) AS amount, sum(items)::bigint AS items, count(*) AS customers FROM parted GROUP BY currency
