-- Takes the mark from primary contacts whose customer gets another one. Parameters: none.
UPDATE contact
SET is_primary = false
FROM arriving_contact a
WHERE a.is_primary AND contact.customer_id = a.customer_id AND contact.is_primary AND contact.id IS DISTINCT FROM a.known_id
