-- The connected system whose token has a digest, with the token itself and the companies (ids) that it sees: asked
-- before every answer of the API.
-- Parameters: sha256 (hexadecimal). Indexes: token_belongs_to_one_system, system_sees_a_company_once. Rows: one, or none for what was revoked or parted from.
SELECT system.*, token.id AS token_id, token.last_used_at AS token_used_at,
    ARRAY(SELECT company_id FROM connected_system_company WHERE system_id = system.id) AS sees
FROM connected_system_token AS token
JOIN connected_system AS system ON system.id = token.system_id
WHERE token.sha256 = %(sha256)s AND token.revoked_at IS NULL AND system.ended_at IS NULL
