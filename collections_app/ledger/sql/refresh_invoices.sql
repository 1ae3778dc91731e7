-- Writes what is open on invoices, and the day on which the last of it was settled, from their allocations.
-- A credit note is used up from both sides: as the thing settled (invoice_id) and as the source (credit_note_id).
-- Parameters: posting and company are ids; one of them is given, the other is NULL.
-- Relies on: allocation_of_posting (BRIN), the indexes on allocation.invoice_id and .credit_note_id.
-- Rows written: only those whose figures change, so a second run writes none.
WITH touched AS (
    SELECT id FROM invoice WHERE company_id = %(company)s
    UNION
    SELECT invoice_id FROM allocation WHERE posting_id = %(posting)s AND invoice_id IS NOT NULL
    UNION
    SELECT credit_note_id FROM allocation WHERE posting_id = %(posting)s AND credit_note_id IS NOT NULL
    UNION
    SELECT invoice_id FROM invoice_correction WHERE posting_id = %(posting)s
),
used AS (
    SELECT id, sum(effect) AS amount, max(settles_on) AS last_on
    FROM (
        SELECT touched.id, a.effect,
               CASE WHEN a.side = 'settles' AND undone.id IS NULL THEN a.posted_on END AS settles_on
        FROM touched
        JOIN allocation a ON a.invoice_id = touched.id
        LEFT JOIN allocation undone ON undone.reverses_id = a.id
        UNION ALL
        SELECT touched.id, a.effect,
               CASE WHEN a.side = 'settles' AND undone.id IS NULL THEN a.posted_on END
        FROM touched
        JOIN allocation a ON a.credit_note_id = touched.id
        LEFT JOIN allocation undone ON undone.reverses_id = a.id
    ) AS parts
    GROUP BY id
),
derived AS (
    SELECT invoice.id,
           invoice.amount - coalesce(used.amount, 0) AS open_amount,
           CASE WHEN invoice.amount = used.amount THEN coalesce(used.last_on, invoice.posted_on) END AS settled_on
    FROM touched
    JOIN invoice ON invoice.id = touched.id
    LEFT JOIN used ON used.id = touched.id
)
UPDATE invoice
SET open_amount = derived.open_amount, settled_on = derived.settled_on
FROM derived
WHERE invoice.id = derived.id
  AND (invoice.open_amount <> derived.open_amount OR invoice.settled_on IS DISTINCT FROM derived.settled_on)
