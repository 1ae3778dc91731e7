-- Part of measure_positions: the writing. Positions are matched with those that stand and written beside their old version.
gone AS (
    DELETE FROM customer_position AS old
    WHERE old.company_id = %(company)s
        AND (NOT %(by_ids)s OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR old.customer_id BETWEEN %(first)s AND %(last)s)
        AND NOT EXISTS (SELECT FROM whole WHERE whole.customer_id = old.customer_id AND whole.currency = old.currency)
)
MERGE INTO customer_position AS position
USING (
    SELECT *, owed - credits - unallocated AS exposure, owed - due AS not_due,
        greatest(0, due - disputed - promised - cover) AS to_collect, coalesce(%(day)s::date - oldest_due_on, 0) AS oldest_days
    FROM measured
) AS found
ON position.customer_id = found.customer_id AND position.currency = found.currency
WHEN MATCHED THEN UPDATE SET
    day = %(day)s, exposure = found.exposure, overdue = found.overdue, due = found.due, not_due = found.not_due,
    credits = found.credits, unallocated = found.unallocated, disputed = found.disputed, promised = found.promised,
    to_collect = found.to_collect, open_count = found.open_count, overdue_count = found.overdue_count,
    oldest_due_on = found.oldest_due_on, oldest_days = found.oldest_days, new_overdue_count = found.new_overdue_count,
    next_due_on = found.next_due_on, soon_amount = found.soon_amount
WHEN NOT MATCHED THEN INSERT (
    company_id, customer_id, currency, day, exposure, overdue, due, not_due, credits, unallocated, disputed, promised,
    to_collect, open_count, overdue_count, oldest_due_on, oldest_days, new_overdue_count, next_due_on, soon_amount
) VALUES (
    %(company)s, customer_id, currency, %(day)s, exposure, overdue, due, not_due, credits, unallocated, disputed, promised,
    to_collect, open_count, overdue_count, oldest_due_on, oldest_days, new_overdue_count, next_due_on, soon_amount
)
