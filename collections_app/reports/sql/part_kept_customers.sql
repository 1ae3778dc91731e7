-- Goes on from read_kept_customers: ``parted``, what each of them adds to a part of the ledger, and in how many items.
-- Parameters: those of read_kept_customers; part (a name of PARTS); currency (NULL for all).
-- Rows: one a customer and currency with something in the part.
, parted AS (
    SELECT * FROM (
        SELECT customer_id, currency, CASE %(part)s
            WHEN 'total' THEN total
            WHEN 'owed' THEN owed
            WHEN 'overdue' THEN overdue
            WHEN 'over_90' THEN over_90
            WHEN 'not_due' THEN not_due
            WHEN 'overdue_1' THEN overdue_1
            WHEN 'overdue_31' THEN overdue_31
            WHEN 'overdue_61' THEN overdue_61
            WHEN 'overdue_91' THEN overdue_91
            WHEN 'overdue_121' THEN overdue_121
            WHEN 'credits' THEN credits
            WHEN 'unallocated' THEN unallocated
            END AS amount, CASE %(part)s
            WHEN 'owed' THEN counts[1] + counts[2] + counts[3] + counts[4] + counts[5] + counts[6]
            WHEN 'overdue' THEN counts[2] + counts[3] + counts[4] + counts[5] + counts[6]
            WHEN 'over_90' THEN counts[5] + counts[6]
            WHEN 'not_due' THEN counts[1]
            WHEN 'overdue_1' THEN counts[2]
            WHEN 'overdue_31' THEN counts[3]
            WHEN 'overdue_61' THEN counts[4]
            WHEN 'overdue_91' THEN counts[5]
            WHEN 'overdue_121' THEN counts[6]
            WHEN 'credits' THEN counts[7]
            WHEN 'unallocated' THEN counts[8]
            ELSE counts[1] + counts[2] + counts[3] + counts[4] + counts[5] + counts[6] + counts[7] + counts[8]
            END AS items
        FROM kept
        WHERE %(currency)s::text IS NULL OR currency = %(currency)s
    ) AS told
    WHERE items > 0
)
