-- Counts new, changed and unchanged customers and contacts. Parameters: none. Rows: one.
SELECT count(*) FILTER (WHERE is_new) AS new, 0 AS settled,
       count(*) FILTER (WHERE NOT is_new AND is_changed) AS changed,
       count(*) FILTER (WHERE NOT is_new AND NOT is_changed) AS unchanged
FROM (
    SELECT h.is_new,
           (h.name, coalesce(h.parent_id, k.parent_id), h.currency, h.terms, h.credit_limit, h.language, h.country, h.time_zone, h.address,
            h.classification, h.collector_code, h.salesperson_code, h.insurer_report_days, h.tax_number, h.is_active)
           IS DISTINCT FROM
           (k.name, k.parent_id, k.currency, k.terms, k.credit_limit, k.language, k.country, k.time_zone, k.address,
            k.classification, k.collector_code, k.salesperson_code, k.insurer_report_days, k.tax_number, k.is_active) AS is_changed
    FROM heard_of h LEFT JOIN customer k ON k.id = h.id
    UNION ALL
    SELECT a.known_id IS NULL,
           (a.role, a.email, a.phone, a.language, a.time_zone, a.hours, a.remarks, a.is_primary, a.is_active)
           IS DISTINCT FROM (k.role, k.email, k.phone, k.language, k.time_zone, k.hours, k.remarks, k.is_primary, k.is_active)
    FROM arriving_contact a LEFT JOIN contact k ON k.id = a.known_id
) AS rows
