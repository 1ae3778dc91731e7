-- The invoices that drafts of the ladder ask about, as they stand on the day: due, and neither wholly disputed nor promised.
-- Goes on from measure_positions (items, standing): the same invoices, the same amounts. Writes what differs; a draft that
-- was edited by hand keeps its lines, so that a change is seen.
-- Parameters: drafts (array of ids), and those of measure_positions, with the customers of the drafts.
-- Rows: the lines that differ; some five a new draft.
asked AS MATERIALIZED (
    SELECT draft.id AS draft_id, part.id AS invoice_id, part.currency, part.open, coalesce(part.disputed, 0) AS disputed,
        coalesce(part.promised, 0) AS promised
    FROM reminder_draft AS draft JOIN part ON part.customer_id = draft.customer_id
    WHERE draft.id = ANY(%(drafts)s::bigint[]) AND part.owed AND part.is_due
        AND part.open > coalesce(part.disputed, 0) + coalesce(part.promised, 0)
),
gone AS (
    DELETE FROM reminder_draft_invoice AS line
    WHERE line.draft_id = ANY(%(drafts)s::bigint[])
        AND NOT EXISTS (SELECT FROM asked WHERE asked.draft_id = line.draft_id AND asked.invoice_id = line.invoice_id)
    RETURNING line.draft_id
)
INSERT INTO reminder_draft_invoice AS line (draft_id, invoice_id, currency, open_amount, disputed, promised)
SELECT draft_id, invoice_id, currency, open, disputed, promised FROM asked
ON CONFLICT (draft_id, invoice_id) DO UPDATE
SET open_amount = excluded.open_amount, disputed = excluded.disputed, promised = excluded.promised
WHERE (line.open_amount, line.disputed, line.promised) IS DISTINCT FROM (excluded.open_amount, excluded.disputed, excluded.promised)
