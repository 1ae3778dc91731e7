-- Finds the parent of each customer, in the file or in the ledger, in any order. Parameters: company (id).
UPDATE heard_of h
SET parent_id = coalesce(other.id, known.id)
FROM heard_of child
LEFT JOIN heard_of other ON other.number = child.parent
LEFT JOIN customer known ON known.company_id = %(company)s AND known.number = child.parent
WHERE h.number = child.number AND child.parent IS NOT NULL
