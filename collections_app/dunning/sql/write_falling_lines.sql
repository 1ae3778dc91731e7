-- The invoices that drafts before the due date ask about, given by pairs. Writes what differs.
-- Parameters: drafts and invoices (arrays of ids, one pair a place). A draft is given with all of its invoices.
-- Rows: the lines that differ; a few a draft.
WITH pair AS MATERIALIZED (
    SELECT pair.draft_id, invoice.id AS invoice_id, invoice.currency, invoice.open_amount
    FROM unnest(%(drafts)s::bigint[], %(invoices)s::bigint[]) AS pair (draft_id, invoice_id)
    JOIN invoice ON invoice.id = pair.invoice_id
),
gone AS (
    DELETE FROM reminder_draft_invoice AS line
    WHERE line.draft_id = ANY(%(drafts)s::bigint[])
        AND NOT EXISTS (SELECT FROM pair WHERE pair.draft_id = line.draft_id AND pair.invoice_id = line.invoice_id)
    RETURNING line.draft_id
)
INSERT INTO reminder_draft_invoice AS line (draft_id, invoice_id, currency, open_amount, disputed, promised)
SELECT draft_id, invoice_id, currency, open_amount, 0, 0 FROM pair
ON CONFLICT (draft_id, invoice_id) DO UPDATE SET open_amount = excluded.open_amount
WHERE line.open_amount <> excluded.open_amount
