-- The first new and changed orders of a file, to be looked at before it is applied.
-- Parameters: most (rows of each kind of change). Rows: at most twice ``most``.
SELECT change, line, kind, number, customer, name, currency, was, becomes, NULL::date AS due_was, wanted_on AS due_on
FROM (
    SELECT CASE WHEN is_new THEN 'new' ELSE 'changed' END AS change, line,
           CASE state WHEN 'in_hand' THEN 'order' ELSE state || ' order' END AS kind,
           number, customer, customer_name AS name, currency, amount_was AS was, amount AS becomes, wanted_on,
           row_number() OVER (PARTITION BY is_new ORDER BY line) AS place
    FROM stated_order
    WHERE is_new OR is_changed
) AS changes
WHERE place <= %(most)s
ORDER BY change, place
