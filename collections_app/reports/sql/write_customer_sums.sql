-- Goes on from follow_flows, age_items and stand_in_parts: keeps what each customer adds to a snapshot, in each currency: what sum_standing and
-- sum_flows tell of a place, by customer.
-- Parameters: those of follow_flows, since being the first day of the month; snapshot (id).
-- Rows: one a customer and currency with something open, or that something came from in the month.
        , customer_id, currency,
        ARRAY[
            count(*) FILTER (WHERE part = 'aged' AND age <= 0), count(*) FILTER (WHERE part = 'aged' AND age BETWEEN 1 AND 30),
            count(*) FILTER (WHERE part = 'aged' AND age BETWEEN 31 AND 60), count(*) FILTER (WHERE part = 'aged' AND age BETWEEN 61 AND 90),
            count(*) FILTER (WHERE part = 'aged' AND age BETWEEN 91 AND 120), count(*) FILTER (WHERE part = 'aged' AND age > 120),
            count(*) FILTER (WHERE part = 'credits'), count(*) FILTER (WHERE part = 'unallocated')
        ] AS counts
    FROM standing JOIN placed USING (customer_id)
    GROUP BY customer_id, currency
),
went AS (
    SELECT customer_id, currency, sum(invoiced) AS invoiced, sum(credited) AS credited, sum(received) AS received,
        sum(settled) AS settled, sum(settled_by_credit) AS settled_by_credit, sum(paid) AS paid, sum(paid_due) AS paid_due,
        sum(paid_days) AS paid_days, sum(late_days) AS late_days
    FROM flow JOIN placed USING (customer_id)
    GROUP BY customer_id, currency
)
INSERT INTO report_customer_sum (
    snapshot_id, customer_id, currency, not_due, overdue_1, overdue_31, overdue_61, overdue_91, overdue_121,
    credits, unallocated, disputed, disputed_overdue, counts, open_count, overdue_count,
    invoiced, credited, received, settled, settled_by_credit, paid, paid_due, paid_days, late_days
)
SELECT %(snapshot)s, customer_id, currency,
    coalesce(not_due, 0), coalesce(overdue_1, 0), coalesce(overdue_31, 0), coalesce(overdue_61, 0),
    coalesce(overdue_91, 0), coalesce(overdue_121, 0), coalesce(credits, 0), coalesce(unallocated, 0),
    coalesce(disputed, 0), coalesce(disputed_overdue, 0), coalesce(counts, ARRAY[0, 0, 0, 0, 0, 0, 0, 0]),
    coalesce(open_count, 0), coalesce(overdue_count, 0),
    coalesce(invoiced, 0), coalesce(credited, 0), coalesce(received, 0), coalesce(settled, 0),
    coalesce(settled_by_credit, 0), coalesce(paid, 0), coalesce(paid_due, 0), coalesce(paid_days, 0), coalesce(late_days, 0)
FROM stood FULL JOIN went USING (customer_id, currency)
