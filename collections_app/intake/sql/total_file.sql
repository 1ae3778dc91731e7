-- The control totals of the file by currency, and how far each moves the ledger's.
-- Parameters: by_open (true: a list of open items). Rows: one a currency.
SELECT currency, sum(stated) AS stated, sum(moved) AS moved
FROM (
    SELECT currency,
           CASE WHEN kind = 'credit_note' THEN -1 ELSE 1 END * CASE WHEN %(by_open)s THEN open_amount ELSE amount END AS stated,
           CASE WHEN kind = 'credit_note' THEN -1 ELSE 1 END
               * (CASE WHEN NOT %(by_open)s AND settled_on IS NOT NULL THEN 0 ELSE open_amount END - coalesce(known_open, 0)) AS moved
    FROM arriving_document
    UNION ALL
    SELECT currency,
           CASE WHEN kind = 'receipt' THEN -1 ELSE 1 END * CASE WHEN %(by_open)s THEN open_amount ELSE amount END,
           CASE WHEN kind = 'receipt' THEN -1 ELSE 1 END
               * CASE WHEN %(by_open)s THEN open_amount - coalesce(known_open, 0) WHEN known_id IS NULL THEN amount ELSE 0 END
    FROM arriving_payment
    UNION ALL
    SELECT currency, 0, CASE WHEN kind = 'credit_note' THEN open_amount ELSE -open_amount END FROM vanished_document
    UNION ALL
    SELECT currency, 0, CASE WHEN kind = 'receipt' THEN open_amount ELSE -open_amount END FROM vanished_payment
) AS parts
GROUP BY currency
ORDER BY currency
