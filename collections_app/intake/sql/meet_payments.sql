-- Sets each payment of the file beside the one the ledger knows. Parameters: by_open (true: a list of open items).
-- Relies on: payment_is_known_once. Rows: the payments of the file.
CREATE TEMP TABLE arriving_payment ON COMMIT DROP AS
SELECT a.line, a.customer_id, a.kind, a.number, a.reference, a.method, a.currency, a.posted_on, a.reverses,
       coalesce(known.id, nextval((SELECT pg_get_serial_sequence('payment', 'id')::regclass))) AS id,
       known.id AS known_id, known.amount AS known_amount, known.unallocated_amount AS known_open, known.currency AS known_currency,
       known.posted_on AS known_posted,
       coalesce(a.amount, known.amount, a.open_amount) AS amount,
       CASE WHEN %(by_open)s THEN a.open_amount WHEN a.kind = 'reversal' THEN 0 ELSE coalesce(known.unallocated_amount, a.amount) END
           AS open_amount,
       0::numeric AS guessed, NULL::bigint AS reverses_id
FROM arranged a
LEFT JOIN payment known ON known.customer_id = a.customer_id AND known.kind = a.kind AND known.number = a.number
WHERE a.shape = 'payment' AND (known.id IS NOT NULL OR a.kind = 'reversal' OR coalesce(a.open_amount, a.amount) > 0);
-- The planner would otherwise take it for a handful of rows.
ANALYZE arriving_payment (id, known_id, customer_id, kind, number)
