-- The digest over all that was blanked under one mark, which the event that tells of it carries.
-- Parameters: mark. Index: blanking_by_mark. Rows: one.
SELECT activity_blanking_digest(%(mark)s::uuid) AS digest
