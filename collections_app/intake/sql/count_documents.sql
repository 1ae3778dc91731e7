-- Counts what the file changes. Settled is what was open in the ledger and is not any more: what vanished from a list of
-- open items, what the file says is settled, and what its allocations settle. Given up is what was written off here and
-- still stands open on a list of open items.
-- Parameters: by_open (true: a list of open items). Rows: one.
SELECT count(*) FILTER (WHERE is_new) AS new,
       count(*) FILTER (WHERE is_settled) AS settled,
       count(*) FILTER (WHERE is_changed AND NOT is_settled AND NOT is_new) AS changed,
       count(*) FILTER (WHERE NOT is_new AND NOT is_changed AND NOT is_settled) AS unchanged,
       (SELECT count(*) FROM arriving_document WHERE given_up > 0) AS given_up
FROM (
    SELECT known_id IS NULL AS is_new,
           known_id IS NOT NULL AND known_open > 0
               AND (open_amount = 0 OR NOT %(by_open)s AND settled_on IS NOT NULL) AS is_settled,
           known_amount <> amount OR known_due IS DISTINCT FROM due_on OR is_reworded OR %(by_open)s AND known_open <> open_amount
               AS is_changed
    FROM arriving_document d
    WHERE NOT EXISTS (SELECT FROM settled_document s WHERE s.id = d.known_id)
    UNION ALL
    SELECT false, true, true FROM settled_document
    UNION ALL
    SELECT known_id IS NULL, known_id IS NOT NULL AND known_open > 0 AND open_amount = 0, %(by_open)s AND known_open <> open_amount
    FROM arriving_payment
    UNION ALL
    SELECT false, true, true FROM vanished_document
    UNION ALL
    SELECT false, true, true FROM vanished_payment
) AS rows
