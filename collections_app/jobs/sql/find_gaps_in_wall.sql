-- Tables at which the wall around companies (lib/walls.py) does not stand, and why. Asked behind the wall: whether row-level
-- security binds is told of whoever asks.
-- A contact has no company of its own, and the wall of its customer.
-- Parameters: none. Rows: none, as a rule.
SELECT found.name, found.gap
FROM (
    SELECT kind.relname AS name,
        CASE
            WHEN NOT (has_table_privilege(kind.oid, 'SELECT') AND has_table_privilege(kind.oid, 'INSERT')
                AND has_table_privilege(kind.oid, 'UPDATE') AND has_table_privilege(kind.oid, 'DELETE')) THEN 'closed'
            WHEN place.attrelid IS NULL AND kind.relname NOT IN ('company', 'contact') THEN NULL
            WHEN NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = kind.oid AND polname = 'walled') THEN 'no policy'
            WHEN NOT row_security_active(kind.oid) THEN 'not bound'
        END AS gap
    FROM pg_class AS kind
    LEFT JOIN pg_attribute AS place ON place.attrelid = kind.oid AND place.attname = 'company_id' AND NOT place.attisdropped
    WHERE kind.relkind IN ('r', 'p')
        AND kind.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'company'::regclass)
) AS found
WHERE found.gap IS NOT NULL
ORDER BY found.gap, found.name
