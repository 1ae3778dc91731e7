-- The floor of the dashboard: what was owed and overdue at the ends of months, and on the day, of one currency, from what the nights
-- kept; and the twenty who owe most.
-- Parameters: company (id), currency, days (array).
-- Rows: one a kept day, then at most twenty customers.
(
    SELECT snapshot.day::text AS told, sum(not_due) + sum(overdue_1) + sum(overdue_31) + sum(overdue_61) + sum(overdue_91)
        + sum(overdue_121) AS owed, sum(credits) AS credits, sum(unallocated) AS unallocated, sum(invoiced) AS invoiced,
        sum(received) AS received
    FROM report_snapshot AS snapshot
    JOIN report_snapshot_line AS line ON line.snapshot_id = snapshot.id
    WHERE snapshot.company_id = %(company)s AND snapshot.is_current AND snapshot.day = ANY(%(days)s::date[])
        AND line.currency = %(currency)s
    GROUP BY snapshot.day
    ORDER BY snapshot.day
)
UNION ALL
(
    SELECT customer_id::text, overdue, NULL, NULL, NULL, NULL FROM customer_position
    WHERE company_id = %(company)s AND currency = %(currency)s AND overdue > 0
    ORDER BY overdue DESC, customer_id LIMIT 20
)
