-- The floor of the night: ageing of every customer and a ranked list, in one statement by hand, kept in bare tables with
-- the indexes of the real ones. No promises, disputes, habits, segments, reasons or history: only what must be read and written.
-- Parameters: company (id), day, at (moment).
-- Relies on invoice_open_by_customer. Rows: one a customer with open invoices, twice.
WITH aged AS (
    SELECT
        customer_id, currency, sum(signed_open) AS exposure,
        coalesce(sum(signed_open) FILTER (WHERE due_on < %(day)s), 0) AS overdue,
        coalesce(sum(signed_open) FILTER (WHERE due_on <= %(day)s), 0) AS due,
        coalesce(sum(signed_open) FILTER (WHERE due_on > %(day)s OR due_on IS NULL), 0) AS not_due,
        coalesce(sum(signed_open) FILTER (WHERE %(day)s - due_on BETWEEN 1 AND 30), 0) AS first_bucket,
        coalesce(sum(signed_open) FILTER (WHERE %(day)s - due_on BETWEEN 31 AND 60), 0) AS second_bucket,
        coalesce(sum(signed_open) FILTER (WHERE %(day)s - due_on > 60), 0) AS third_bucket,
        count(*) AS open_count, count(*) FILTER (WHERE due_on < %(day)s) AS overdue_count,
        min(due_on) FILTER (WHERE due_on <= %(day)s) AS oldest_due_on
    FROM invoice
    WHERE company_id = %(company)s AND open_amount > 0
    GROUP BY customer_id, currency
),
kept AS (
    INSERT INTO bare_position (
        company_id, customer_id, currency, day, exposure, overdue, due, not_due, credits, unallocated, disputed, promised,
        to_collect, open_count, overdue_count, oldest_due_on, oldest_days, new_overdue_count,
        soon_amount
    )
    SELECT
        %(company)s, customer_id, currency, %(day)s, exposure, overdue, due, not_due, first_bucket, second_bucket,
        third_bucket, 0, due, open_count, overdue_count, oldest_due_on, coalesce(%(day)s - oldest_due_on, 0), 0, 0
    FROM aged
),
scored AS (
    SELECT
        aged.*, coalesce(%(day)s - oldest_due_on, 0) AS oldest_days, customer.collector_id,
        CASE WHEN %(day)s - oldest_due_on >= 61 THEN 30 WHEN %(day)s - oldest_due_on >= 31 THEN 20
            WHEN %(day)s - oldest_due_on >= 8 THEN 10 WHEN %(day)s - oldest_due_on >= 1 THEN 5 ELSE 0 END
        + CASE WHEN due >= 25000 THEN 20 WHEN due >= 5000 THEN 10 WHEN due >= 1000 THEN 5 ELSE 0 END
        + CASE WHEN exposure >= customer.credit_limit THEN 20 ELSE 0 END AS score
    FROM aged
    INNER JOIN customer ON customer.id = aged.customer_id
)
INSERT INTO bare_entry (
    company_id, customer_id, day, collector_id, currency, overdue, to_collect, disputed, promised, unallocated,
    other_currencies, oldest_days, weight, score, parts, left_out, left_out_facts, rank, next_step, refreshed_at
)
SELECT
    %(company)s, customer_id, %(day)s, collector_id, currency, overdue, due, 0, 0, 0, '[]', oldest_days, due, score, '[]',
    CASE WHEN due > 0 THEN '' ELSE 'nothing_due' END, '{}',
    row_number() OVER (ORDER BY score DESC, due DESC, oldest_days DESC, customer_id), '', %(at)s
FROM scored
