-- Sets each contact of the file beside the one the ledger knows by the name (of several, the one with that email).
-- Without a mark of its own the first contact of a customer becomes the primary one. Parameters: company (id).
CREATE TEMP TABLE arriving_contact ON COMMIT DROP AS
WITH stated AS (
    SELECT a.line, coalesce(h.id, known.id) AS customer_id, coalesce(a.contact_name, a.email, a.phone) AS name,
           a.contact_role, a.email, a.phone, a.language, a.time_zone, a.hours, a.remarks, a.is_primary, a.is_active, a.type
    FROM arrived a
    LEFT JOIN heard_of h ON h.number = coalesce(a.customer, left(a.name, 64))
    LEFT JOIN customer known ON known.company_id = %(company)s AND known.number = coalesce(a.customer, left(a.name, 64))
    WHERE coalesce(a.contact_name, a.email, a.phone) IS NOT NULL OR a.type = 'contact'
)
SELECT DISTINCT ON (s.customer_id, s.name, coalesce(s.email, known.email, ''))
       s.line, s.customer_id, s.name, s.is_primary AS wants_primary,
       known.id AS known_id,
       coalesce(s.contact_role, known.role, '') AS role,
       coalesce(s.email, known.email, '') AS email,
       coalesce(s.phone, known.phone, '') AS phone,
       coalesce(CASE WHEN s.type = 'contact' THEN left(s.language, 5) END, known.language, '') AS language,
       coalesce(CASE WHEN s.type = 'contact' THEN s.time_zone END, known.time_zone, '') AS time_zone,
       coalesce(s.hours, known.hours, '') AS hours,
       coalesce(s.remarks, known.remarks, '') AS remarks,
       coalesce(s.is_primary, known.is_primary, false) AS is_primary,
       coalesce(CASE WHEN s.type = 'contact' THEN s.is_active END, known.is_active, true) AS is_active
FROM stated s
LEFT JOIN LATERAL (
    SELECT * FROM contact
    WHERE contact.customer_id = s.customer_id AND contact.name = s.name
    ORDER BY contact.email = coalesce(s.email, '') DESC, contact.id
    LIMIT 1
) known ON true
ORDER BY s.customer_id, s.name, coalesce(s.email, known.email, ''), s.line
