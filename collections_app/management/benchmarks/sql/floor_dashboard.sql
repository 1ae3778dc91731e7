-- The floor of the dashboard: what was owed and overdue at the ends of months, and on the day, of one currency, from what the nights
-- kept; and the twenty who owe most.
-- Parameters: company (id), currency, days (array), collector (id, 0 for nobody), country, both NULL for all.
-- Rows: one a kept day, then at most twenty customers.
(
    SELECT snapshot.day::text AS told, sum(not_due) + sum(overdue_1) + sum(overdue_31) + sum(overdue_61) + sum(overdue_91)
        + sum(overdue_121) AS owed, sum(credits) AS credits, sum(unallocated) AS unallocated, sum(invoiced) AS invoiced,
        sum(received) AS received
    FROM report_snapshot AS snapshot
    JOIN report_snapshot_line AS line ON line.snapshot_id = snapshot.id
    WHERE snapshot.company_id = %(company)s AND snapshot.is_current AND snapshot.day = ANY(%(days)s::date[])
        AND line.currency = %(currency)s
        AND (%(collector)s::bigint IS NULL OR coalesce(line.collector_id, 0) = %(collector)s)
        AND (%(country)s::text IS NULL OR line.country = %(country)s)
    GROUP BY snapshot.day
    ORDER BY snapshot.day
)
UNION ALL
(
    SELECT owing.customer_id::text, overdue, NULL, NULL, NULL, NULL
    FROM customer_position AS owing
    JOIN customer ON customer.id = owing.customer_id
    LEFT JOIN customer_assignment AS assigned ON assigned.customer_id = owing.customer_id
    WHERE owing.company_id = %(company)s AND owing.currency = %(currency)s AND overdue > 0
        AND (%(collector)s::bigint IS NULL OR coalesce(assigned.collector_id, 0) = %(collector)s)
        AND (%(country)s::text IS NULL OR customer.country = %(country)s)
    ORDER BY overdue DESC, owing.customer_id LIMIT 20
)
