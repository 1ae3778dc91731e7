-- Goes on from read_ledger_then: ``placed``, the customers that are looked at and where each belongs today; ``contested``,
-- what was in dispute of each invoice at the end of the day, as then known. What was lodged by mistake counts nowhere.
-- Parameters: those, and zone (IANA name); segment (code), collector, salesperson (ids), country, each NULL for all.
-- Relies on: assignment and segment by key, dispute_by_lodging.
-- Rows: one a customer; one an invoice in dispute.
, placed AS (
    SELECT c.id AS customer_id, coalesce(s.code, '') AS segment, a.collector_id AS collector,
        c.salesperson_id AS salesperson, c.country
    FROM customer c
    LEFT JOIN customer_assignment a ON a.customer_id = c.id
    LEFT JOIN segment s ON s.id = a.segment_id
    WHERE c.company_id = %(company)s
        AND (%(customers)s::bigint[] IS NULL OR c.id = ANY(%(customers)s::bigint[]))
        AND (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
        AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s)
        AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s)
        AND (%(country)s::text IS NULL OR c.country = %(country)s)
),
contested AS (
    SELECT invoice_id, sum(disputed_before(dispute.id, amount, until)) AS amount
    FROM dispute, least((%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s, %(known_at)s::timestamptz) AS until
    WHERE company_id = %(company)s AND lodged_at < until AND (closed_at IS NULL OR closed_at >= until)
        AND cause <> 'by_mistake'
    GROUP BY invoice_id
)
