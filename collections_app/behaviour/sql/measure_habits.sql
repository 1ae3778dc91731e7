-- How customers pay, from what they settled in the days before a day: how late, on which days, and whether it gets worse.
-- Replaces the habits of those measured, where they differ; a customer without any invoice loses theirs.
-- An invoice counts as settled on the day on which the last of it was; one that was settled by a credit note counts too, one
-- of which anything was written off does not: it was never paid.
-- One pass: what a customer settled is gathered in arrays and each is sorted by itself, far cheaper than sorting the
-- company's invoices. A day on which at least a third falls lies at one of the two thirds of its sorted array.
-- Parameters: company (id), day, customers (array of ids, NULL for all), first and last (ids of customers, NULL for all), habit_days, trend_days, trend_before_days and
-- lately_days (days), habit_count_min and trend_count_min (invoices), pay_day_share (a third to 1).
-- Indexes: none for all customers (one pass over the company's invoices), invoice_is_known_once for a few.
-- Rows: those of a customer that changed; 300,000 invoices of 10,000 customers in a third of a second.
WITH given_up AS MATERIALIZED (
    SELECT invoice_id FROM allocation WHERE company_id = %(company)s AND basis = 'write_off' AND invoice_id IS NOT NULL AND posted_on <= %(day)s
    GROUP BY invoice_id HAVING sum(effect) > 0
),
item AS (
    SELECT customer_id, issued_on, settled_on, settled_on - due_on AS late,
        settled_on > %(day)s::date - %(habit_days)s AND settled_on <= %(day)s AND due_on IS NOT NULL
            AND id NOT IN (SELECT invoice_id FROM given_up) AS counts,
        id IN (SELECT invoice_id FROM given_up) AS is_given_up
    FROM invoice
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    ORDER BY customer_id
),
gathered AS (
    SELECT customer_id, count(*) AS invoices_ever, min(issued_on) AS first_invoice_on,
        max(settled_on) FILTER (WHERE settled_on <= %(day)s AND NOT is_given_up) AS last_settled_on,
        (count(*) FILTER (WHERE counts))::integer AS n, count(*) FILTER (WHERE counts AND late > 0) AS late_count,
        array_sort(array_agg(late) FILTER (WHERE counts)) AS late,
        array_sort(array_agg(late) FILTER (WHERE counts AND settled_on > %(day)s::date - %(trend_days)s)) AS lately,
        array_sort(array_agg(late) FILTER (WHERE counts AND settled_on <= %(day)s::date - %(trend_days)s
            AND settled_on > %(day)s::date - %(trend_before_days)s)) AS before,
        -- The first of January 2001 was a Monday.
        array_sort(array_agg(1 + (settled_on - '2001-01-01') %% 7) FILTER (WHERE counts)) AS weekdays,
        array_sort(array_agg(date_part('day', settled_on)::integer) FILTER (WHERE counts)) AS month_days
    FROM item GROUP BY customer_id
),
received AS (
    SELECT customer_id, max(posted_on) AS last_on FROM payment
    WHERE company_id = %(company)s AND kind = 'receipt' AND posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY customer_id
),
promised AS (
    SELECT customer_id, coalesce(kept, 0) AS kept, coalesce(due, 0) AS due, coalesce(broken_lately, 0) AS broken_lately
    FROM (
        SELECT customer_id, count(*) FILTER (WHERE is_kept) AS kept, count(*) AS due
        FROM fallen_promises(%(company)s, %(day)s::date)
        WHERE (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
            AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
        GROUP BY customer_id
    ) AS fallen
    FULL JOIN (
        SELECT customer_id, count(*) AS broken_lately FROM promise
        WHERE company_id = %(company)s AND state IN ('broken', 'partly_kept') AND settled_on <= %(day)s
            AND settled_on > %(day)s::date - %(lately_days)s
            AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
            AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
        GROUP BY customer_id
    ) AS lately USING (customer_id)
),
third AS (
    SELECT *, weekdays[(n + 2) / 3] AS weekday, weekdays[(2 * n + 2) / 3] AS next_weekday,
        month_days[(n + 2) / 3] AS month_day, month_days[(2 * n + 2) / 3] AS next_month_day
    FROM gathered
),
often AS (
    SELECT *, cardinality(array_positions(weekdays, weekday)) AS weekday_count,
        cardinality(array_positions(weekdays, next_weekday)) AS next_weekday_count,
        cardinality(array_positions(month_days, month_day)) AS month_day_count,
        cardinality(array_positions(month_days, next_month_day)) AS next_month_day_count
    FROM third
),
whole AS MATERIALIZED (
    SELECT customer_id, invoices_ever, first_invoice_on, n AS settled_count,
        ((late[(n + 1) / 2] + late[n / 2 + 1]) / 2.0)::numeric(7, 1) AS median_days_late,
        (late[(9 * n + 1) / 10] + (late[(9 * n + 10) / 10] - late[(9 * n + 1) / 10]) * (9 * (n - 1) %% 10) / 10.0)::numeric(7, 1)
            AS p90_days_late,
        (late_count::numeric / nullif(n, 0))::numeric(5, 4) AS share_paid_late,
        CASE WHEN n >= %(habit_count_min)s AND greatest(weekday_count, next_weekday_count) >= n * %(pay_day_share)s
            THEN CASE WHEN next_weekday_count > weekday_count THEN next_weekday ELSE weekday END END AS pay_weekday,
        CASE WHEN n >= %(habit_count_min)s AND greatest(month_day_count, next_month_day_count) >= n * %(pay_day_share)s
            THEN CASE WHEN next_month_day_count > month_day_count THEN next_month_day ELSE month_day END END AS pay_day_of_month,
        CASE WHEN cardinality(lately) >= %(trend_count_min)s AND cardinality(before) >= %(trend_count_min)s THEN
            ((lately[(cardinality(lately) + 1) / 2] + lately[cardinality(lately) / 2 + 1]
            - before[(cardinality(before) + 1) / 2] - before[cardinality(before) / 2 + 1]) / 2.0)::numeric(7, 1) END AS trend_days,
        coalesce(kept, 0) AS promises_kept, coalesce(due, 0) AS promises_due, coalesce(broken_lately, 0) AS promises_broken_lately,
        greatest(last_on, last_settled_on) AS last_paid_on
    FROM often LEFT JOIN received USING (customer_id) LEFT JOIN promised USING (customer_id)
),
gone AS (
    DELETE FROM pay_habit AS old
    WHERE old.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR old.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR old.customer_id BETWEEN %(first)s AND %(last)s)
        AND NOT EXISTS (SELECT FROM whole WHERE whole.customer_id = old.customer_id)
)
INSERT INTO pay_habit AS habit (
    company_id, customer_id, day, invoices_ever, first_invoice_on, settled_count, median_days_late, p90_days_late,
    share_paid_late, pay_weekday, pay_day_of_month, trend_days, promises_kept, promises_due, promises_broken_lately,
    last_paid_on
)
SELECT %(company)s, customer_id, %(day)s, invoices_ever, first_invoice_on, settled_count, median_days_late, p90_days_late,
    share_paid_late, pay_weekday, pay_day_of_month, trend_days, promises_kept, promises_due, promises_broken_lately,
    last_paid_on
FROM whole
WHERE NOT EXISTS (
    SELECT FROM pay_habit AS same
    WHERE same.customer_id = whole.customer_id
        AND (same.company_id, same.invoices_ever, same.first_invoice_on, same.settled_count, same.median_days_late,
            same.p90_days_late, same.share_paid_late, same.pay_weekday, same.pay_day_of_month, same.trend_days,
            same.promises_kept, same.promises_due, same.promises_broken_lately, same.last_paid_on)
        IS NOT DISTINCT FROM (%(company)s, whole.invoices_ever, whole.first_invoice_on, whole.settled_count,
            whole.median_days_late, whole.p90_days_late, whole.share_paid_late, whole.pay_weekday, whole.pay_day_of_month,
            whole.trend_days, whole.promises_kept, whole.promises_due, whole.promises_broken_lately, whole.last_paid_on)
)
ON CONFLICT (customer_id) DO UPDATE SET
    company_id = excluded.company_id, day = excluded.day, invoices_ever = excluded.invoices_ever,
    first_invoice_on = excluded.first_invoice_on, settled_count = excluded.settled_count,
    median_days_late = excluded.median_days_late, p90_days_late = excluded.p90_days_late,
    share_paid_late = excluded.share_paid_late, pay_weekday = excluded.pay_weekday,
    pay_day_of_month = excluded.pay_day_of_month, trend_days = excluded.trend_days,
    promises_kept = excluded.promises_kept, promises_due = excluded.promises_due,
    promises_broken_lately = excluded.promises_broken_lately, last_paid_on = excluded.last_paid_on
