-- The sums of each kept day, from its lines.
UPDATE report_snapshot SET sums = found.sums
FROM (
    SELECT snapshot_id, jsonb_object_agg(currency, of_currency) AS sums
    FROM (
        SELECT snapshot_id, currency, jsonb_build_object(
            'not_due', sum(not_due)::text, 'overdue_1', sum(overdue_1)::text, 'overdue_31', sum(overdue_31)::text, 'overdue_61', sum(overdue_61)::text,
            'overdue_91', sum(overdue_91)::text, 'overdue_121', sum(overdue_121)::text, 'credits', sum(credits)::text, 'unallocated', sum(unallocated)::text,
            'disputed', sum(disputed)::text, 'disputed_overdue', sum(disputed_overdue)::text, 'open_count', sum(open_count)::text, 'overdue_count', sum(overdue_count)::text,
            'invoiced', sum(invoiced)::text, 'credited', sum(credited)::text, 'received', sum(received)::text,
            'settled', sum(settled)::text, 'settled_by_credit', sum(settled_by_credit)::text, 'paid', sum(paid)::text,
            'paid_due', sum(paid_due)::text, 'paid_days', sum(paid_days)::text, 'late_days', sum(late_days)::text
        ) AS of_currency
        FROM report_snapshot_line GROUP BY snapshot_id, currency
    ) AS told
    GROUP BY snapshot_id
) AS found
WHERE found.snapshot_id = report_snapshot.id
