-- Sets each contact of the file beside the one the ledger knows, each known one once: the one of that name and email
-- first; then, where one row and one contact of the name are left over, they are the same person with another email.
-- Everybody else is new, so that nobody is written over. Parameters: company (id).
-- Relies on: contact_is_known_once_at_a_customer. Rows: the contacts of the file.
CREATE TEMP TABLE arriving_contact ON COMMIT DROP AS
WITH stated AS (
    SELECT a.line, coalesce(h.id, known.id) AS customer_id, coalesce(a.contact_name, a.email, a.phone) AS name,
           a.contact_role, a.email, a.phone, a.language, a.time_zone, a.hours, a.remarks, a.is_primary, a.is_active, a.type
    FROM arrived a
    LEFT JOIN heard_of h ON h.number = coalesce(a.customer, left(a.name, 64))
    LEFT JOIN customer known ON known.company_id = %(company)s AND known.number = coalesce(a.customer, left(a.name, 64))
    WHERE coalesce(a.contact_name, a.email, a.phone) IS NOT NULL OR a.type = 'contact'
),
once AS (
    SELECT DISTINCT ON (customer_id, name, coalesce(email, '')) * FROM stated ORDER BY customer_id, name, coalesce(email, ''), line
),
same AS (
    SELECT o.line, contact.id
    FROM once o
    JOIN contact ON contact.customer_id = o.customer_id AND contact.name = o.name AND contact.email = coalesce(o.email, '')
),
rows_left AS (
    SELECT line, customer_id, name, email, count(*) OVER (PARTITION BY customer_id, name) AS rows
    FROM once
    WHERE NOT EXISTS (SELECT FROM same WHERE same.line = once.line)
),
known_left AS (
    SELECT id, customer_id, name, count(*) OVER person AS contacts, row_number() OVER (person ORDER BY id) AS place
    FROM contact
    WHERE customer_id IN (SELECT customer_id FROM rows_left) AND NOT EXISTS (SELECT FROM same WHERE same.id = contact.id)
    WINDOW person AS (PARTITION BY customer_id, name)
),
met AS (
    SELECT line, id FROM same
    UNION ALL
    SELECT r.line, k.id
    FROM rows_left r
    JOIN known_left k ON k.customer_id = r.customer_id AND k.name = r.name
    WHERE r.rows = 1 AND (k.contacts = 1 OR r.email IS NULL AND k.place = 1)
)
SELECT s.line, s.customer_id, s.name, s.is_primary AS wants_primary,
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
FROM once s
LEFT JOIN met ON met.line = s.line
LEFT JOIN contact known ON known.id = met.id
