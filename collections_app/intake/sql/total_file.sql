-- The control totals of the file by currency, and how far each moves the ledger's.
-- Documents that bear a later day than the list are left out of what is proven for its day (stated_by_day).
-- What we wrote ourselves and no file has stated yet stays beside a list of open items, and is proven with it; so is what
-- was written off here and the list still shows open.
-- Parameters: company (id), by_open (true: a list of open items), as_of (its day). Relies on: invoice_ours_alone.
-- Rows: one a currency.
WITH ours AS (
    SELECT currency, sum(signed_open) AS amount
    FROM invoice
    WHERE %(by_open)s AND company_id = %(company)s AND is_ours_alone AND open_amount > 0 AND posted_on <= %(as_of)s
      AND NOT EXISTS (SELECT FROM arriving_document d WHERE d.known_id = invoice.id)
    GROUP BY currency
)
SELECT currency, sum(stated) AS stated, sum(moved) AS moved,
       coalesce(sum(stated - given_up_by_day) FILTER (WHERE NOT %(by_open)s OR posted_on <= %(as_of)s), 0)
           + coalesce(max(ours.amount), 0) AS stated_by_day
FROM (
    SELECT currency, posted_on,
           CASE WHEN kind = 'credit_note' THEN -1 ELSE 1 END * CASE WHEN %(by_open)s THEN open_amount + given_up ELSE amount END AS stated,
           given_up_by_day,
           CASE WHEN kind = 'credit_note' THEN -1 ELSE 1 END
               * (CASE WHEN NOT %(by_open)s AND settled_on IS NOT NULL THEN 0 ELSE open_amount END - coalesce(known_open, 0)) AS moved
    FROM arriving_document
    UNION ALL
    SELECT currency, posted_on,
           CASE WHEN kind = 'receipt' THEN -1 ELSE 1 END * CASE WHEN %(by_open)s THEN open_amount ELSE amount END, 0,
           CASE WHEN kind = 'receipt' THEN -1 ELSE 1 END
               * CASE WHEN %(by_open)s THEN open_amount - coalesce(known_open, 0) WHEN known_id IS NULL THEN amount ELSE 0 END
    FROM arriving_payment
    UNION ALL
    SELECT currency, NULL, 0, 0, CASE WHEN kind = 'credit_note' THEN open_amount ELSE -open_amount END FROM vanished_document
    UNION ALL
    SELECT currency, NULL, 0, 0, CASE WHEN kind = 'receipt' THEN open_amount ELSE -open_amount END FROM vanished_payment
    UNION ALL
    -- What the file's own allocations settle of a document that it also states as settled lessens both sides alike.
    SELECT a.currency, NULL, 0, 0, CASE WHEN d.kind = 'credit_note' THEN -a.amount ELSE a.amount END
    FROM arriving_allocation a
    JOIN arriving_document d ON d.id IN (a.invoice_id, a.credit_note_id)
    WHERE NOT %(by_open)s AND d.settled_on IS NOT NULL AND a.known_id IS NULL AND NOT EXISTS (SELECT FROM undone WHERE undone.id = a.id)
    UNION ALL
    SELECT currency, NULL, 0, 0, 0 FROM ours
) AS parts
LEFT JOIN ours USING (currency)
GROUP BY currency
ORDER BY currency
