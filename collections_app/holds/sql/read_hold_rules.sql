-- What was ever published of a company's hold rules, the last in force last. Named columns only: it is read with every check.
-- Parameters: company (id). Index: that of company and number. Rows: a few, or as many as customers with rules of their own.
SELECT version.id, version.company_id, version.segment_code, version.customer_id, version.settings, version.in_force_from
FROM hold_rule_version AS version
WHERE version.company_id = %(company)s AND version.state = 'published'
ORDER BY version.in_force_from, version.number
