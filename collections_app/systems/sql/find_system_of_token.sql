-- The connected system whose token has a digest, with the token itself: asked before every answer of the API.
-- Parameters: sha256 (hexadecimal). Index: token_belongs_to_one_system. Rows: one, or none for what was revoked or parted from.
SELECT system.*, token.id AS token_id, token.last_used_at AS token_used_at
FROM connected_system_token AS token
JOIN connected_system AS system ON system.id = token.system_id
WHERE token.sha256 = %(sha256)s AND token.revoked_at IS NULL AND system.ended_at IS NULL
