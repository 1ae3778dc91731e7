-- Writes where customers belong, as found by the rules, and only where it differs from what stands: a second run
-- touches no row, also not to lock it. The collector is the one to whom they were handed or whom the accounts system
-- names, while they work here, otherwise the portfolio's; somebody who left looks after nobody.
-- Parameters: company, day; placed: a query of customer, segment, portfolio and who is named; workers: ids of users who may look
--   after customers of the company.
-- Relies on the unique index of customer_assignment on customer_id. Rows: customers who move, at most all.
WITH found AS (
    SELECT
        placed.customer_id,
        placed.segment_id::bigint,
        placed.portfolio_id::bigint,
        CASE
            WHEN placed.named_id::bigint = ANY(%(workers)s::bigint[]) THEN placed.named_id::bigint
            WHEN portfolio.collector_id = ANY(%(workers)s::bigint[]) THEN portfolio.collector_id
        END AS collector_id
    FROM (%(placed)s) AS placed (customer_id, segment_id, portfolio_id, named_id)
    LEFT JOIN portfolio ON portfolio.id = placed.portfolio_id::bigint
)
INSERT INTO customer_assignment (company_id, customer_id, segment_id, portfolio_id, collector_id, day)
SELECT %(company)s, found.customer_id, found.segment_id, found.portfolio_id, found.collector_id, %(day)s
FROM found
LEFT JOIN customer_assignment AS standing ON standing.customer_id = found.customer_id
WHERE
    standing.customer_id IS NULL
    OR (standing.segment_id, standing.portfolio_id, standing.collector_id)
    IS DISTINCT FROM (found.segment_id, found.portfolio_id, found.collector_id)
ORDER BY found.customer_id
ON CONFLICT (customer_id) DO UPDATE
SET
    segment_id = excluded.segment_id,
    portfolio_id = excluded.portfolio_id,
    collector_id = excluded.collector_id,
    day = excluded.day;
