-- Lets disputes rise to a level, and writes the event of each. One that was changed since it was read stays as it is,
-- and rises the next time. Customers are not locked: nothing that is owed changes.
-- Parameters: ids, versions, levels, rises_on, summaries (arrays, one place a dispute; rises_on may hold nulls), at.
-- Relies on the primary key of dispute. Rows: one a dispute that rose, tens in a night.
WITH rise AS (
    SELECT * FROM unnest(
        %(ids)s::bigint[], %(versions)s::integer[], %(levels)s::smallint[], %(rises_on)s::date[], %(summaries)s::text[]
    ) AS each (id, version, level, rises_on, summary)
),
risen AS (
    UPDATE dispute SET level = rise.level, rises_on = rise.rises_on, version = dispute.version + 1, form_key = NULL
    FROM rise
    WHERE dispute.id = rise.id AND dispute.version = rise.version AND dispute.state = 'lodged'
        AND dispute.level < rise.level
    RETURNING dispute.id, dispute.company_id, dispute.customer_id, dispute.invoice_id, dispute.reason, dispute.version,
        dispute.level, rise.summary
),
told AS (
    INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
    SELECT company_id, customer_id, NULL, %(at)s, 'dispute.escalated', left(summary, 500),
        jsonb_build_object('dispute', id, 'invoice', invoice_id, 'reason', reason, 'level', level, 'version', version)
    FROM risen
)
SELECT id AS dispute FROM risen
