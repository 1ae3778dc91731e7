-- Adds new contacts and gives known ones what the file says. That messages came back says nothing of another address. Parameters: at (moment).
WITH changed AS (
    UPDATE contact
    SET role = a.role, email = a.email, phone = a.phone, language = a.language, time_zone = a.time_zone, hours = a.hours,
        remarks = a.remarks, is_primary = a.is_primary, is_active = a.is_active,
        dropped_at = CASE WHEN NOT a.is_active THEN coalesce(contact.dropped_at, %(at)s) END,
        email_bounced_at = CASE WHEN lower(contact.email) = lower(a.email) THEN contact.email_bounced_at END
    FROM arriving_contact a
    WHERE contact.id = a.known_id
)
INSERT INTO contact (customer_id, name, role, email, phone, language, time_zone, hours, remarks, is_primary, is_active, dropped_at,
    recorded_at)
SELECT customer_id, name, role, email, phone, language, time_zone, hours, remarks, is_primary, is_active,
    CASE WHEN NOT is_active THEN %(at)s END, %(at)s
FROM arriving_contact
WHERE known_id IS NULL
