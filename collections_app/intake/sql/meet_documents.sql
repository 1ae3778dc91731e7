-- Sets each document of the file beside the one the ledger knows, and works out the amounts that both end with.
-- A list of open items that shows more open than we hold takes back what we had only assumed (guessed); what is still
-- too much is a larger amount. What was written off here and the list shows open still, because nobody has booked it there,
-- stays written off (given_up; of it by the day of the list, given_up_by_day).
-- Parameters: company (id), by_open (true: a list of open items), as_of (its day, or NULL). Relies on: invoice_is_known_once, allocation_written_off. Rows: the documents of the file.
CREATE TEMP TABLE arriving_document ON COMMIT DROP AS
SELECT a.line, a.customer_id, a.kind, a.number, a.instalment, a.reference, a.currency, a.issued_on, a.posted_on, a.settled_on, a.terms,
       coalesce(known.id, nextval((SELECT pg_get_serial_sequence('invoice', 'id')::regclass))) AS id,
       known.id AS known_id, known.amount AS known_amount, known.open_amount AS known_open, known.currency AS known_currency,
       known.due_on AS known_due,
       coalesce(a.due_on, known.due_on) AS due_on,
       -- A list that states nothing of what we know shows it as settled; how large it was stays as it is.
       coalesce(CASE WHEN %(by_open)s AND a.amount = 0 THEN NULL ELSE a.amount END, known.amount, a.open_amount) AS amount,
       CASE WHEN %(by_open)s THEN a.open_amount - least(lost.amount, greatest(a.open_amount - coalesce(known.open_amount, a.open_amount), 0))
            ELSE coalesce(a.amount - known.amount + known.open_amount, a.amount) END AS open_amount,
       0::numeric AS guessed,
       CASE WHEN %(by_open)s THEN least(lost.amount, greatest(a.open_amount - coalesce(known.open_amount, a.open_amount), 0))
            ELSE 0 END AS given_up,
       CASE WHEN %(by_open)s THEN least(lost.by_day, greatest(a.open_amount - coalesce(known.open_amount, a.open_amount), 0))
            ELSE 0 END AS given_up_by_day,
       coalesce(known.reference <> a.reference AND a.reference <> '' OR known.terms <> a.terms AND a.terms <> '', false) AS is_reworded
FROM arranged a
LEFT JOIN (
    -- A file of new customers alone looks at no document of anybody else's.
    SELECT invoice.*
    FROM heard_of
    JOIN invoice ON invoice.customer_id = heard_of.id AND invoice.company_id = %(company)s
    WHERE NOT heard_of.is_new
) known
       ON known.customer_id = a.customer_id AND known.kind = a.kind AND known.number = a.number AND known.line = a.instalment
CROSS JOIN LATERAL (
    SELECT coalesce(sum(effect), 0) AS amount, coalesce(sum(effect) FILTER (WHERE posted_on <= %(as_of)s), 0) AS by_day
    FROM allocation WHERE invoice_id = known.id AND basis = 'write_off'
) AS lost
WHERE a.shape = 'document' AND (known.id IS NOT NULL OR coalesce(a.open_amount, a.amount) > 0);
-- The planner would otherwise take it for a handful of rows.
ANALYZE arriving_document (id, known_id, customer_id, kind, number, instalment)
