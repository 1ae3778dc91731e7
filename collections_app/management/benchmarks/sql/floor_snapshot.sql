-- The floor of the snapshot: what is open and what came and went this month, by customer and by place, in one statement by hand,
-- kept in bare tables with the indexes of the real ones. Of today alone and from what is open now: a night reads each day as of
-- its end, and yesterday once more. No disputes, no days weighed by amounts, no proof that it agrees with the ledger.
-- Parameters: company (id), day. Rows: one a customer and currency, and one a place.
WITH stood AS (
    SELECT customer_id, currency,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age <= 0), 0) AS not_due,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age BETWEEN 1 AND 30), 0) AS overdue_1,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age BETWEEN 31 AND 60), 0) AS overdue_31,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age BETWEEN 61 AND 90), 0) AS overdue_61,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age BETWEEN 91 AND 120), 0) AS overdue_91,
        coalesce(sum(open_amount) FILTER (WHERE owed AND age > 120), 0) AS overdue_121,
        coalesce(sum(open_amount) FILTER (WHERE NOT owed), 0) AS credits,
        count(*) FILTER (WHERE owed) AS open_count, count(*) FILTER (WHERE owed AND age > 0) AS overdue_count
    FROM (
        SELECT customer_id, currency, open_amount, kind <> 'credit_note' AS owed, coalesce(%(day)s - due_on, 0) AS age
        FROM invoice WHERE company_id = %(company)s AND open_amount > 0
    ) AS item
    GROUP BY customer_id, currency
),
went AS (
    SELECT customer_id, currency, sum(invoiced) AS invoiced, sum(credited) AS credited, sum(received) AS received
    FROM (
        SELECT customer_id, currency, CASE WHEN kind <> 'credit_note' THEN amount ELSE 0 END AS invoiced,
            CASE WHEN kind = 'credit_note' THEN amount ELSE 0 END AS credited, 0 AS received
        FROM invoice
        WHERE company_id = %(company)s AND posted_on BETWEEN date_trunc('month', %(day)s::date)::date AND %(day)s
        UNION ALL
        SELECT customer_id, currency, 0, 0, CASE WHEN kind = 'receipt' THEN amount ELSE -amount END
        FROM payment
        WHERE company_id = %(company)s AND posted_on BETWEEN date_trunc('month', %(day)s::date)::date AND %(day)s
    ) AS flow
    GROUP BY customer_id, currency
),
settled AS (
    SELECT invoice.customer_id, invoice.currency, sum(effect) AS settled
    FROM allocation JOIN invoice ON invoice.id = allocation.invoice_id
    WHERE allocation.company_id = %(company)s
        AND allocation.posted_on BETWEEN date_trunc('month', %(day)s::date)::date AND %(day)s
    GROUP BY invoice.customer_id, invoice.currency
),
kept AS (
    INSERT INTO bare_customer_sum (
        snapshot_id, customer_id, currency, not_due, overdue_1, overdue_31, overdue_61, overdue_91, overdue_121,
        credits, unallocated, disputed, disputed_overdue, counts, open_count, overdue_count,
        invoiced, credited, received, settled, settled_by_credit, paid, paid_due, paid_days, late_days
    )
    SELECT 1, customer_id, currency, coalesce(not_due, 0), coalesce(overdue_1, 0), coalesce(overdue_31, 0),
        coalesce(overdue_61, 0), coalesce(overdue_91, 0), coalesce(overdue_121, 0), coalesce(credits, 0), 0, 0, 0, '{}',
        coalesce(open_count, 0), coalesce(overdue_count, 0), coalesce(invoiced, 0), coalesce(credited, 0),
        coalesce(received, 0), coalesce(settled, 0), 0, 0, 0, 0, 0
    FROM stood FULL JOIN went USING (customer_id, currency) FULL JOIN settled USING (customer_id, currency)
    RETURNING *
)
INSERT INTO bare_snapshot_line (
    snapshot_id, currency, segment, country, collector_id, salesperson_id, not_due, overdue_1, overdue_31, overdue_61,
    overdue_91, overdue_121, credits, unallocated, disputed, disputed_overdue, open_count, overdue_count,
    invoiced, credited, received, settled, settled_by_credit, paid, paid_due, paid_days, late_days
)
SELECT 1, kept.currency, coalesce(segment.code, ''), customer.country, place.collector_id, customer.salesperson_id,
    sum(not_due), sum(overdue_1), sum(overdue_31), sum(overdue_61), sum(overdue_91), sum(overdue_121), sum(credits), 0, 0, 0,
    sum(open_count), sum(overdue_count), sum(invoiced), sum(credited), sum(received), sum(settled), 0, 0, 0, 0, 0
FROM kept
JOIN customer ON customer.id = kept.customer_id
LEFT JOIN customer_assignment AS place ON place.customer_id = kept.customer_id
LEFT JOIN segment ON segment.id = place.segment_id
GROUP BY kept.currency, segment.code, customer.country, place.collector_id, customer.salesperson_id
