-- Sets the totals that the file states beside its rows, as they arrived. A total is right when the rows above it add up to
-- it: all of them, or those from some earlier total on. In a file of several currencies only totals that name theirs are
-- compared, each with the rows of that currency.
-- Parameters: lines, fields, amounts, currencies (arrays, an element for each stated total; currencies may be NULL).
-- Rows: the totals that were compared; is_right, and what the rows add up to: all above, and since the total before.
WITH stated AS (
    SELECT * FROM unnest(%(lines)s::int[], %(fields)s::text[], %(amounts)s::numeric[], %(currencies)s::text[])
        AS total (line, field, amount, currency)
),
several AS (
    SELECT count(DISTINCT currency) > 1 AS currencies FROM arrived
),
money AS (
    SELECT line, field, currency, CASE WHEN side_mark = 'credit' AND field IN ('amount', 'open_amount') THEN -value ELSE value END AS value
    FROM arrived
    CROSS JOIN LATERAL (VALUES ('amount', amount), ('open_amount', open_amount), ('debit', debit), ('credit', credit)) AS cells (field, value)
    WHERE value IS NOT NULL
),
running AS (
    SELECT line, field, currency, stated, sum(value) OVER (PARTITION BY field, currency ORDER BY line) AS so_far
    FROM (
        SELECT line, field, CASE WHEN several.currencies THEN currency END AS currency, value, NULL::numeric AS stated
        FROM money CROSS JOIN several
        UNION ALL
        SELECT line, field, CASE WHEN several.currencies THEN currency END, 0, amount
        FROM stated CROSS JOIN several
        WHERE NOT several.currencies OR currency IS NOT NULL
    ) AS rows
),
totals AS (
    SELECT line, field, currency, stated, so_far,
           so_far - coalesce(lag(so_far) OVER (PARTITION BY field, currency ORDER BY line), 0) AS since
    FROM running
    WHERE stated IS NOT NULL
)
SELECT line, field, currency, stated, so_far, since,
       stated = so_far OR EXISTS (
           SELECT FROM totals earlier
           WHERE earlier.field = totals.field AND earlier.currency IS NOT DISTINCT FROM totals.currency
             AND earlier.line < totals.line AND earlier.so_far = totals.so_far - totals.stated
       ) AS is_right
FROM totals
ORDER BY line, field
