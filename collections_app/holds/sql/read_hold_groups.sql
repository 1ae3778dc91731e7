-- What every customer beneath a top one has on credit by currency at this moment: open documents less what they paid or were
-- credited and is not set against anything, as read_hold_items has it of one; members without any have one row without a
-- currency. A sister's payment counts at once.
-- Parameters: company (id), tops (array of ids of customers), day (today).
-- Indexes: customer_parent_id, invoice_open_by_customer, payment_unallocated_by_cust. Rows: one a member and currency.
WITH RECURSIVE member AS (
    SELECT id AS top_id, id AS customer_id, 0 AS depth FROM customer WHERE id = ANY(%(tops)s::bigint[])
    UNION ALL
    SELECT member.top_id, customer.id, member.depth + 1
    FROM member JOIN customer ON customer.parent_id = member.customer_id
    WHERE member.depth < 20
)
SELECT member.top_id, member.customer_id, owed.currency, coalesce(owed.exposure, 0) AS exposure
FROM member
LEFT JOIN LATERAL (
    SELECT moved.currency, sum(moved.amount) AS exposure
    FROM (
        SELECT currency, CASE WHEN kind = 'credit_note' THEN -open_amount ELSE open_amount END AS amount
        FROM invoice
        WHERE company_id = %(company)s AND customer_id = member.customer_id AND open_amount > 0 AND posted_on <= %(day)s
        UNION ALL
        SELECT currency, CASE WHEN kind = 'receipt' THEN -unallocated_amount ELSE unallocated_amount END
        FROM payment
        WHERE company_id = %(company)s AND customer_id = member.customer_id AND unallocated_amount > 0
            AND posted_on <= %(day)s
    ) AS moved
    GROUP BY moved.currency
) AS owed ON true
