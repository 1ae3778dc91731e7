-- The ends of the last forty days, kept as the newest snapshot says them: what they say is not measured, only that they are there.
-- Parameters: company (id), day (of the newest snapshot), days (how many).
-- Rows: as many lines a day as the newest snapshot has.
WITH kept AS (
    INSERT INTO report_snapshot (company_id, day, edition, is_current, taken_at, posted, sums, parts, by_customer)
    SELECT company_id, day - n, 1, true, taken_at - make_interval(days => n - 1), posted, sums, '{}', '{}'
    FROM report_snapshot CROSS JOIN generate_series(1, %(days)s) AS n
    WHERE company_id = %(company)s AND is_current AND day = %(day)s
    ON CONFLICT DO NOTHING
    RETURNING id
)
INSERT INTO report_snapshot_line (
    snapshot_id, currency, segment, collector_id, salesperson_id, country, not_due, overdue_1, overdue_31, overdue_61, overdue_91,
    overdue_121, credits, unallocated, disputed, disputed_overdue, open_count, overdue_count, invoiced, credited, received, settled,
    settled_by_credit, paid, paid_due, paid_days, late_days
)
SELECT kept.id, currency, segment, collector_id, salesperson_id, country, not_due, overdue_1, overdue_31, overdue_61, overdue_91,
    overdue_121, credits, unallocated, disputed, disputed_overdue, open_count, overdue_count, invoiced, credited, received, settled,
    settled_by_credit, paid, paid_due, paid_days, late_days
FROM kept
CROSS JOIN report_snapshot_line AS line
JOIN report_snapshot AS newest ON newest.id = line.snapshot_id
WHERE newest.company_id = %(company)s AND newest.is_current AND newest.day = %(day)s
