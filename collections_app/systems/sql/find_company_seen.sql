-- The company with a code, if a system sees it; capitals make no difference.
-- Parameters: system (id), code. Index: system_sees_a_company_once. Rows: one or none, few being seen.
SELECT company.*
FROM company
JOIN connected_system_company AS sees ON sees.company_id = company.id AND sees.system_id = %(system)s
WHERE upper(company.code) = upper(%(code)s)
ORDER BY company.id
LIMIT 1
