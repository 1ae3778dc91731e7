-- Goes on from settle_flows: each amount that goes into one of its sums.
-- Parameters: those of settle_flows, and what ('settled', 'collected', 'settled_by_credit', 'paid', 'paid_due', 'paid_days' or 'late_days').
-- Rows: one an allocation.
, piece AS (
    SELECT told.id, invoice.number, told.customer_id, told.currency, told.on_day, allocation.basis AS about, told.amount
    FROM (
        SELECT id, customer_id, currency, on_day,
            CASE %(what)s
                WHEN 'settled' THEN effect
                WHEN 'collected' THEN CASE WHEN NOT by_credit THEN effect END
                WHEN 'settled_by_credit' THEN CASE WHEN by_credit THEN effect END
                WHEN 'paid' THEN paid
                WHEN 'paid_due' THEN CASE WHEN late IS NOT NULL THEN paid END
                WHEN 'paid_days' THEN paid * to_pay
                WHEN 'late_days' THEN paid * late
            END AS amount
        FROM settled JOIN placed USING (customer_id)
        WHERE (placed_from IS NULL OR on_day >= placed_from) AND (placed_until IS NULL OR on_day <= placed_until)
    ) AS told
    JOIN allocation ON allocation.id = told.id
    JOIN invoice ON invoice.id = allocation.invoice_id
    WHERE told.amount <> 0
)
