-- Goes on from read_ledger_then: ``placed``, the customers that are looked at and where each belongs today, or with moments where
-- each belonged when a month was kept: then a customer stands there once a month, from ``placed_from`` to ``placed_until``, and
-- whoever adds up several months asks for the day. ``contested`` is what was in dispute of each invoice at the end of the day, as
-- then known. What was lodged by mistake counts nowhere.
-- Parameters: those, and zone (IANA name); segment (code), collector, salesperson (ids, 0 for nobody), country, insured, each NULL for all; is_now
-- (whether where they belong today counts at all), now_from (the day from which it does, NULL for always); kept_from, kept_until
-- (days), kept_at (moments), arrays: the months that are kept.
-- Relies on: assignment and segment by key, placement_by_moment, dispute_by_lodging.
-- Rows: one a customer (and month); one an invoice in dispute.
, placed AS (
    SELECT c.id AS customer_id, coalesce(s.code, '') AS segment, a.collector_id AS collector,
        c.salesperson_id AS salesperson, c.country, %(now_from)s::date AS placed_from, NULL::date AS placed_until
    FROM customer c
    LEFT JOIN customer_assignment a ON a.customer_id = c.id
    LEFT JOIN segment s ON s.id = a.segment_id
    WHERE %(is_now)s AND c.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR c.id = ANY(%(customers)s::bigint[]))
        AND (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND a.collector_id IS NULL)
        AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND c.salesperson_id IS NULL)
        AND (%(country)s::text IS NULL OR c.country = %(country)s)
        AND (%(insured)s::boolean IS NULL OR (c.insurer_report_days IS NOT NULL) = %(insured)s)
    UNION ALL
    SELECT p.customer_id, p.segment, p.collector_id, p.salesperson_id, p.country, month.since, month.until
    FROM unnest(%(kept_from)s::date[], %(kept_until)s::date[], %(kept_at)s::timestamptz[]) AS month (since, until, at)
    JOIN report_placement p ON p.company_id = %(company)s AND p.since_at <= month.at AND (p.until_at IS NULL OR p.until_at > month.at)
    WHERE NOT (%(is_now)s AND %(now_from)s::date IS NULL)
        AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY(%(customers)s::bigint[]))
        AND (%(segment)s::text IS NULL OR p.segment = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR p.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND p.collector_id IS NULL)
        AND (%(salesperson)s::bigint IS NULL OR p.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND p.salesperson_id IS NULL)
        AND (%(country)s::text IS NULL OR p.country = %(country)s)
        AND (%(insured)s::boolean IS NULL
            OR (SELECT c.insurer_report_days IS NOT NULL FROM customer AS c WHERE c.id = p.customer_id) = %(insured)s)
),
contested AS (
    SELECT invoice_id, sum(disputed_before(dispute.id, amount, until)) AS amount
    FROM dispute, least((%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s, %(known_at)s::timestamptz) AS until
    WHERE company_id = %(company)s AND lodged_at < until AND (closed_at IS NULL OR closed_at >= until)
        AND cause <> 'by_mistake'
    GROUP BY invoice_id
)
