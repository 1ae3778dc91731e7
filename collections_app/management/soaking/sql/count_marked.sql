-- Goes on from find_marked: what systems and files brought, what was approved, and all of it counted.
-- Parameters: as there.
-- Rows: one a mark; the kind of a reminder is 'approval' when somebody approved it, and 'decided' when it waits no more without that.
ordered AS (
    SELECT o.number AS mark, 'order' AS kind,
        (SELECT count(*) FROM activity_event AS e
            WHERE e.customer_id = o.customer_id AND e.what IN ('order.received', 'order.held')
                AND e.facts @> jsonb_build_object('order', o.number)) = 1 AS is_whole
    FROM customer_order AS o
    WHERE o.number ~ %(mark)s
),
brought AS (
    SELECT
        substring(b.file_name FROM %(mark)s) AS mark, 'file' AS kind,
        EXISTS (SELECT 1 FROM activity_event AS e
            WHERE e.company_id = b.company_id AND e.what = 'batch.received' AND e.facts @> jsonb_build_object('batch', b.id))
        AND EXISTS (SELECT 1 FROM import_file_part AS part WHERE part.batch_id = b.id)
        AND (SELECT count(*) FROM payment AS p
            WHERE p.company_id = b.company_id AND p.number LIKE substring(b.file_name FROM %(mark)s) || '-%%'
        ) = CASE WHEN b.state = 'applied' THEN %(payments)s ELSE 0 END AS is_whole
    FROM import_batch AS b
    WHERE b.file_name ~ %(mark)s
),
approved AS (
    SELECT
        'draft-' || d.id AS mark, CASE WHEN told.is_there THEN 'approval' ELSE 'decided' END AS kind,
        d.state <> 'approved' OR (told.is_there AND EXISTS (SELECT 1 FROM message AS m WHERE m.id = d.message_id)) AS is_whole
    FROM reminder_draft AS d
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT 1 FROM activity_event AS e
            WHERE e.customer_id = d.customer_id AND e.what = 'reminder.approved' AND e.facts @> jsonb_build_object('draft', d.id)
        ) AS is_there
    ) AS told
    WHERE d.id = ANY (%(drafts)s) AND (d.state <> 'proposed' OR told.is_there)
),
found AS (
    SELECT * FROM logged UNION ALL SELECT * FROM snoozed UNION ALL SELECT * FROM asked UNION ALL SELECT * FROM ordered
    UNION ALL SELECT * FROM brought UNION ALL SELECT * FROM approved
)
SELECT mark, min(kind) AS kind, count(*)::integer AS times, bool_and(is_whole) AS is_whole
FROM found
GROUP BY mark
