-- The chase list of a company on a day: every customer with a position, or with something we said we would do, is
-- measured, given points, and listed or left out by the first rule that applies. Replaces the entries of those evaluated.
-- Says in sets what chase/rules says of one; tests/twins hold the two together.
-- One statement that stands in seven files, read one after the other: owed (this one), agreed, known, points, told, places,
-- written. From known on it is one pass: no customer's row is put aside, looked up again or sorted before its place is.
-- Parameters: company (id), day, at (moment), by_ids (whether of some customers only), customers (array of their ids, else
-- NULL), first and last (ids of customers, NULL for all), workers (array of ids of
-- users who may look after customers: nobody else stands in), and the numbers of chase/rules:
-- words_kept_days, lately_days, habit_count_min, insurer_days, silence_days, silence_after_days, soon_days,
-- forecast_age_days (days, counts).
-- Indexes: position_by_company, contact_log_by_customer, contact_log_by_next_step, promise_by_customer,
-- expected_soon_is_said_once.
-- Rows: one a customer evaluated; 10,000 in about a third of a second of processor time.
WITH ours AS (
    SELECT id, currency, time_zone, jsonb_build_object('currency', currency) AS money,
        ((%(day)s::date + 1)::timestamp AT TIME ZONE time_zone) AS day_ends_at
    FROM company WHERE id = %(company)s
),
rate AS (
    SELECT currency, 1::numeric AS rate FROM ours
    UNION ALL
    (SELECT DISTINCT ON (r.currency) r.currency, r.rate
     FROM exchange_rate AS r JOIN ours ON ours.id = r.company_id AND ours.currency <> r.currency
     WHERE r.valid_from <= %(day)s ORDER BY r.currency, r.valid_from DESC)
),
standing AS (
    SELECT p.*, p.to_collect * r.rate AS weight, p.soon_amount * r.rate AS soon_weight
    FROM customer_position AS p
    LEFT JOIN rate AS r ON r.currency = p.currency
    WHERE p.company_id = %(company)s
        AND (NOT %(by_ids)s OR p.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(first)s::bigint IS NULL OR p.customer_id BETWEEN %(first)s AND %(last)s)
),
-- Nearly all customers owe in one currency, and their position says it all; only the others are weighed and put together.
mixed AS MATERIALIZED (
    SELECT several.customer_id, customer.currency AS own_currency
    FROM (SELECT customer_id FROM standing GROUP BY customer_id HAVING count(*) > 1) AS several
    JOIN customer ON customer.id = several.customer_id
),
-- The currency that is shown: their own when something is to be collected in it, else that of the oldest to collect.
chosen AS (
    SELECT DISTINCT ON (customer_id) * FROM standing JOIN mixed USING (customer_id)
    ORDER BY customer_id, to_collect > 0 AND currency = own_currency DESC, to_collect > 0 DESC,
        oldest_due_on, currency = own_currency DESC, due DESC, currency
),
-- Amounts of different currencies are compared at the day's rate, never added.
across AS (
    SELECT customer_id, max(weight) AS weight, max(soon_weight) AS soon_weight, bool_or(due > 0) AS has_due,
        bool_or(to_collect > 0) AS has_to_collect, bool_or(to_collect > 0 AND weight IS NULL) AS lacks_rate,
        min(oldest_due_on) AS oldest_due_on, max(oldest_days) AS oldest_days, min(next_due_on) AS next_due_on,
        sum(overdue_count) AS overdue_count, sum(new_overdue_count) AS new_overdue_count,
        max(exposure) FILTER (WHERE currency = own_currency) AS exposure,
        (array_agg(currency ORDER BY weight DESC NULLS LAST))[1] AS weight_currency,
        (array_agg(to_collect ORDER BY weight DESC NULLS LAST))[1] AS weight_amount,
        jsonb_agg(
            jsonb_build_object('currency', currency, 'to_collect', to_collect::text, 'overdue', overdue::text) ORDER BY currency
        ) FILTER (WHERE to_collect > 0 OR overdue > 0) AS currencies
    FROM standing JOIN mixed USING (customer_id)
    GROUP BY customer_id
),
owed AS (
    SELECT customer_id, currency, overdue, due, not_due, to_collect, disputed, promised, unallocated, credits,
        weight, soon_weight, due > 0 AS has_due, to_collect > 0 AS has_to_collect, to_collect > 0 AND weight IS NULL AS lacks_rate,
        oldest_due_on, oldest_days, next_due_on, overdue_count, new_overdue_count,
        exposure, currency AS exposure_currency,
        NULL::text AS weight_currency, NULL::numeric AS weight_amount, NULL::jsonb AS currencies
    FROM standing
    WHERE customer_id NOT IN (SELECT customer_id FROM mixed)
    UNION ALL
    SELECT customer_id, p.currency, p.overdue, p.due, p.not_due, p.to_collect, p.disputed, p.promised, p.unallocated, p.credits,
        x.weight, x.soon_weight, x.has_due, x.has_to_collect, x.lacks_rate,
        x.oldest_due_on, x.oldest_days, x.next_due_on, x.overdue_count, x.new_overdue_count,
        x.exposure, p.own_currency, x.weight_currency, x.weight_amount, x.currencies
    FROM chosen AS p JOIN across AS x USING (customer_id)
),
