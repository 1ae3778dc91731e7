-- The first new and changed customers of a file, to be looked at before it is applied.
-- Parameters: most (rows of each kind of change). Rows: at most twice ``most``.
SELECT change, line, 'customer' AS kind, '' AS number, customer, name, currency,
       limit_was AS was, credit_limit AS becomes, NULL::date AS due_was, NULL::date AS due_on
FROM (
    SELECT CASE WHEN h.is_new THEN 'new' ELSE 'changed' END AS change, h.line, h.number AS customer, h.name, h.currency,
           k.credit_limit AS limit_was, h.credit_limit, row_number() OVER (PARTITION BY h.is_new ORDER BY h.line) AS place
    FROM heard_of h LEFT JOIN customer k ON k.id = h.id
    WHERE h.is_new
       OR (h.name, coalesce(h.parent_id, k.parent_id), h.currency, h.terms, h.credit_limit, h.language, h.country, h.time_zone, h.address,
           h.classification, h.collector_code, h.salesperson_code, h.insurer_report_days, h.tax_number, h.is_active)
          IS DISTINCT FROM
          (k.name, k.parent_id, k.currency, k.terms, k.credit_limit, k.language, k.country, k.time_zone, k.address,
           k.classification, k.collector_code, k.salesperson_code, k.insurer_report_days, k.tax_number, k.is_active)
) AS changes
WHERE place <= %(most)s
ORDER BY change, place
