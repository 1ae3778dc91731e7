-- Of announcements whose day has come, those with something left to ask for of what they were about: due, open, and neither
-- wholly disputed nor promised, of a customer whose cash and credits do not cover it. Goes on where
-- behaviour.positions.PARTS ends; positions stand for the day.
-- Parameters: announcements (array of ids), and those of PARTS, with the customers of the announcements.
-- Rows: one an announcement.
found AS (
    SELECT DISTINCT a.id
    FROM announcement AS a
    JOIN reminder_draft_invoice AS line ON line.draft_id = a.draft_id
    JOIN part ON part.id = line.invoice_id
    JOIN customer_position AS position ON position.customer_id = part.customer_id AND position.currency = part.currency
    WHERE a.id = ANY(%(announcements)s::bigint[]) AND part.owed AND part.is_due
        AND part.open > coalesce(part.disputed, 0) + coalesce(part.promised, 0) AND position.to_collect > 0
)
SELECT id FROM found
