-- What was announced and is no more to come: its reminder did not leave, what it was about is settled, or its deed was done or
-- dropped. An open deed that nothing is left to do about is dropped with it.
-- Parameters: company (id), at (moment), unsent, settled, done (sentences).
-- Indexes: announcement_standing, reminder_draft_invoice's by draft.
-- Rows: announcements that end; few on an ordinary day.
WITH standing AS MATERIALIZED (
    SELECT a.id, a.deed_id, draft.state AS draft_state, deed.state AS deed_state, deed.because AS deed_because,
        EXISTS (
            SELECT FROM reminder_draft_invoice AS line JOIN invoice ON invoice.id = line.invoice_id
            WHERE line.draft_id = a.draft_id AND invoice.open_amount > 0
        ) AS is_owed
    FROM announcement AS a
    JOIN reminder_draft AS draft ON draft.id = a.draft_id
    LEFT JOIN reminder_draft AS deed ON deed.id = a.deed_id
    WHERE a.company_id = %(company)s AND a.ended_at IS NULL
),
ending AS (
    SELECT id, deed_id, deed_state,
        CASE
            WHEN draft_state = 'dropped' THEN %(unsent)s
            WHEN deed_state = 'done' THEN %(done)s
            WHEN deed_state = 'dropped' THEN deed_because
            ELSE %(settled)s
        END AS because
    FROM standing
    WHERE draft_state = 'dropped' OR deed_state IN ('done', 'dropped') OR NOT is_owed
),
dropped AS (
    UPDATE reminder_draft AS deed
    SET state = 'dropped', because = ending.because, decided_at = %(at)s, revision = deed.revision + 1
    FROM ending
    WHERE deed.id = ending.deed_id AND deed.state = 'proposed'
        AND NOT EXISTS (
            SELECT FROM announcement AS other
            WHERE other.deed_id = deed.id AND other.ended_at IS NULL AND other.id NOT IN (SELECT id FROM ending)
        )
)
UPDATE announcement AS a
SET ended_at = %(at)s, because = ending.because
FROM ending WHERE a.id = ending.id
