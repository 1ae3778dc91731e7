-- What was ever published of a company's hold rules, the last in force last; of those for one customer all, or only those of some.
-- Settings come as text, since hardly any of them is read. Named columns only: it is read with every check.
-- Parameters: company (id), customers (array of ids, or NULL for all).
-- Index: that of company and number. Rows: a few, or as many as customers with rules of their own.
SELECT version.id, version.segment_code, version.customer_id, version.settings::text AS settings, version.in_force_from
FROM hold_rule_version AS version
WHERE version.company_id = %(company)s AND version.state = 'published'
    AND (
        version.customer_id IS NULL OR %(customers)s::bigint[] IS NULL
        OR version.customer_id = ANY(%(customers)s::bigint[])
    )
ORDER BY version.in_force_from, version.number
