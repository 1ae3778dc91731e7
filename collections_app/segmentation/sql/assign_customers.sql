-- Writes where customers belong, as found by the rules, and only where it differs from what stands: a second run
-- touches no row. The collector is the one whom the accounts system names while they work here, otherwise the
-- portfolio's; somebody who left looks after nobody.
-- Parameters: company, day; customers, segments, portfolios: arrays of ids, side by side; workers: ids of users who
--   may look after customers of the company.
-- Relies on the unique index of customer_assignment on customer_id. Rows: customers given, at most.
INSERT INTO customer_assignment (company_id, customer_id, segment_id, portfolio_id, collector_id, day)
SELECT
    %(company)s,
    placed.customer_id,
    placed.segment_id,
    placed.portfolio_id,
    CASE
        WHEN customer.collector_id = ANY(%(workers)s::bigint[]) THEN customer.collector_id
        WHEN portfolio.collector_id = ANY(%(workers)s::bigint[]) THEN portfolio.collector_id
    END,
    %(day)s
FROM unnest(%(customers)s::bigint[], %(segments)s::bigint[], %(portfolios)s::bigint[])
    AS placed (customer_id, segment_id, portfolio_id)
JOIN customer ON customer.id = placed.customer_id
LEFT JOIN portfolio ON portfolio.id = placed.portfolio_id
ORDER BY placed.customer_id
ON CONFLICT (customer_id) DO UPDATE
SET
    segment_id = excluded.segment_id,
    portfolio_id = excluded.portfolio_id,
    collector_id = excluded.collector_id,
    day = excluded.day
WHERE
    (customer_assignment.segment_id, customer_assignment.portfolio_id, customer_assignment.collector_id)
    IS DISTINCT FROM (excluded.segment_id, excluded.portfolio_id, excluded.collector_id);
