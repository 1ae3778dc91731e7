-- Drops rows that the profile leaves out: types to skip, drafts and void documents, other company codes.
-- Parameters: skip_status and company_codes are lists of lower-case words; an empty list keeps all.
DELETE FROM arrived
WHERE type = 'skip'
   OR lower(coalesce(status, '')) = ANY (%(skip_status)s)
   OR (cardinality(%(company_codes)s::text[]) > 0 AND NOT lower(coalesce(company_code, '')) = ANY (%(company_codes)s))
