-- Makes the first contact primary where a customer has none and the file marks none. Parameters: none.
UPDATE arriving_contact
SET is_primary = true
FROM (
    SELECT DISTINCT ON (customer_id) line
    FROM arriving_contact a
    WHERE NOT EXISTS (SELECT FROM contact WHERE contact.customer_id = a.customer_id AND contact.is_primary)
      AND NOT EXISTS (SELECT FROM arriving_contact b WHERE b.customer_id = a.customer_id AND b.is_primary)
      AND wants_primary IS NULL
    ORDER BY customer_id, line
) AS first
WHERE arriving_contact.line = first.line
