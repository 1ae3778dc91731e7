-- Goes on from read_kept_customers: the sums of them, and how many open items are in each part.
-- Parameters: those of read_kept_customers.
-- Rows: one a currency.
SELECT currency, sum(not_due) AS not_due, sum(overdue_1) AS overdue_1, sum(overdue_31) AS overdue_31, sum(overdue_61) AS overdue_61,
    sum(overdue_91) AS overdue_91, sum(overdue_121) AS overdue_121, sum(credits) AS credits, sum(unallocated) AS unallocated,
    sum(disputed) AS disputed, sum(disputed_overdue) AS disputed_overdue, sum(open_count)::bigint AS open_count,
    sum(overdue_count)::bigint AS overdue_count,
    sum(invoiced) AS invoiced, sum(credited) AS credited, sum(received) AS received, sum(settled) AS settled,
    sum(settled_by_credit) AS settled_by_credit, sum(paid) AS paid, sum(paid_due) AS paid_due, sum(paid_days) AS paid_days, sum(late_days) AS late_days
FROM kept
GROUP BY currency
