-- How customers pay, from what they settled in the days before a day: how late, on which days, and whether it gets worse.
-- Replaces the habits of those measured; a customer without any invoice and promise loses theirs.
-- An invoice counts as settled on the day on which the last of it was; one that was settled by a credit note counts too.
-- Parameters: company (id), day, customers (array of ids, NULL for all), habit_days, trend_days, trend_before_days and
-- lately_days (days), habit_count_min and trend_count_min (invoices), pay_day_share (0 to 1).
-- Indexes: none for all customers (one pass over the company's invoices), invoice_is_known_once for a few.
-- Rows: one a customer with invoices; 1,000,000 invoices in seconds.
WITH settled AS MATERIALIZED (
    SELECT customer_id, issued_on, settled_on, settled_on - due_on AS late,
        settled_on > %(day)s::date - %(habit_days)s AND settled_on <= %(day)s AND due_on IS NOT NULL AS counts
    FROM invoice
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
),
habit AS (
    SELECT customer_id, count(*) AS invoices_ever, min(issued_on) AS first_invoice_on,
        count(*) FILTER (WHERE counts) AS settled_count,
        percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY late) FILTER (WHERE counts) AS late,
        count(*) FILTER (WHERE counts AND late > 0) AS late_count,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY late)
            FILTER (WHERE counts AND settled_on > %(day)s::date - %(trend_days)s) AS late_lately,
        count(*) FILTER (WHERE counts AND settled_on > %(day)s::date - %(trend_days)s) AS lately_count,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY late)
            FILTER (WHERE counts AND settled_on <= %(day)s::date - %(trend_days)s
                AND settled_on > %(day)s::date - %(trend_before_days)s) AS late_before,
        count(*) FILTER (WHERE counts AND settled_on <= %(day)s::date - %(trend_days)s
            AND settled_on > %(day)s::date - %(trend_before_days)s) AS before_count,
        max(settled_on) FILTER (WHERE settled_on <= %(day)s) AS last_settled_on
    FROM settled GROUP BY customer_id
),
settled_on_weekday AS (
    SELECT DISTINCT ON (customer_id) customer_id, extract(isodow FROM settled_on) AS pay_day, count(*) AS count
    FROM settled WHERE counts GROUP BY customer_id, extract(isodow FROM settled_on)
    ORDER BY customer_id, count(*) DESC, extract(isodow FROM settled_on)
),
settled_on_day_of_month AS (
    SELECT DISTINCT ON (customer_id) customer_id, extract(day FROM settled_on) AS pay_day, count(*) AS count
    FROM settled WHERE counts GROUP BY customer_id, extract(day FROM settled_on)
    ORDER BY customer_id, count(*) DESC, extract(day FROM settled_on)
),
received AS (
    SELECT customer_id, max(posted_on) AS last_on FROM payment
    WHERE company_id = %(company)s AND kind = 'receipt' AND posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY customer_id
),
promised AS (
    SELECT customer_id, count(*) FILTER (WHERE state = 'kept') AS kept,
        count(*) FILTER (WHERE state IN ('kept', 'kept_late', 'partly_kept', 'broken')) AS due,
        count(*) FILTER (WHERE state = 'broken' AND settled_on > %(day)s::date - %(lately_days)s) AS broken_lately
    FROM promise
    WHERE company_id = %(company)s AND settled_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY customer_id
),
whole AS (
    SELECT habit.*, weekday.pay_day AS weekday, weekday.count AS weekday_count, monthday.pay_day AS monthday,
        monthday.count AS monthday_count, received.last_on, promised.kept, promised.due, promised.broken_lately
    FROM habit
    LEFT JOIN settled_on_weekday AS weekday USING (customer_id)
    LEFT JOIN settled_on_day_of_month AS monthday USING (customer_id)
    LEFT JOIN received USING (customer_id)
    LEFT JOIN promised USING (customer_id)
),
gone AS (
    DELETE FROM pay_habit AS old
    WHERE old.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND NOT EXISTS (SELECT FROM whole WHERE whole.customer_id = old.customer_id)
)
INSERT INTO pay_habit AS habit (
    company_id, customer_id, day, invoices_ever, first_invoice_on, settled_count, median_days_late, p90_days_late,
    share_paid_late, pay_weekday, pay_day_of_month, trend_days, promises_kept, promises_due, promises_broken_lately,
    last_paid_on
)
SELECT %(company)s, customer_id, %(day)s, invoices_ever, first_invoice_on, settled_count,
    late[1]::numeric(7, 1), late[2]::numeric(7, 1), (late_count::numeric / nullif(settled_count, 0))::numeric(5, 4),
    CASE WHEN settled_count >= %(habit_count_min)s AND weekday_count >= settled_count * %(pay_day_share)s THEN weekday END,
    CASE WHEN settled_count >= %(habit_count_min)s AND monthday_count >= settled_count * %(pay_day_share)s THEN monthday END,
    CASE WHEN lately_count >= %(trend_count_min)s AND before_count >= %(trend_count_min)s
        THEN (late_lately - late_before)::numeric(7, 1) END,
    coalesce(kept, 0), coalesce(due, 0), coalesce(broken_lately, 0), greatest(last_on, last_settled_on)
FROM whole
ON CONFLICT (customer_id) DO UPDATE SET
    company_id = excluded.company_id, day = excluded.day, invoices_ever = excluded.invoices_ever,
    first_invoice_on = excluded.first_invoice_on, settled_count = excluded.settled_count,
    median_days_late = excluded.median_days_late, p90_days_late = excluded.p90_days_late,
    share_paid_late = excluded.share_paid_late, pay_weekday = excluded.pay_weekday,
    pay_day_of_month = excluded.pay_day_of_month, trend_days = excluded.trend_days,
    promises_kept = excluded.promises_kept, promises_due = excluded.promises_due,
    promises_broken_lately = excluded.promises_broken_lately, last_paid_on = excluded.last_paid_on
