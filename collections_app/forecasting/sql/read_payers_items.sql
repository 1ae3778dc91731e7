-- What customers settled and owe, an item an invoice with its weight: what read_payers gathers by customer and sum_payers by segment.
-- Days are distances from the due date; what was settled weighs half as much with each half-life that has passed. An invoice
-- that is still open counts among those not paid until yesterday, and one that a credit note took away, or that
-- was written off, until the day it was.
-- Parameters: company (id), day, first and last (ids of customers, NULL for all), history_days, half_life_days (days), first_day and last_day (distances: what lies beyond
-- counts as these).
-- Indexes: none for invoices (one pass over the company's), allocation_by_credit_note.
-- Rows: one an invoice of two years or still open.
WITH credited AS MATERIALIZED (
    SELECT a.invoice_id FROM allocation AS a JOIN invoice AS i ON i.id = a.invoice_id
    WHERE a.company_id = %(company)s AND a.credit_note_id IS NOT NULL AND a.posted_on <= %(day)s
        AND (%(first)s::bigint IS NULL OR i.customer_id BETWEEN %(first)s AND %(last)s)
    GROUP BY a.invoice_id, i.amount HAVING sum(a.effect) * 2 > i.amount
    UNION
    SELECT invoice_id FROM allocation
    WHERE company_id = %(company)s AND basis = 'write_off' AND posted_on <= %(day)s AND invoice_id IS NOT NULL
    GROUP BY invoice_id HAVING sum(effect) > 0
),
item AS MATERIALIZED (
    SELECT customer_id,
        greatest(%(first_day)s, least(%(last_day)s, least(issued_on, settled_on) - due_on)) AS begun,
        greatest(%(first_day)s, least(%(last_day)s,
            CASE WHEN settled_on <= %(day)s THEN settled_on ELSE %(day)s::date - 1 END - due_on)) AS ended,
        CASE WHEN settled_on <= %(day)s
            THEN power(0.5::float8, (%(day)s::date - settled_on) / %(half_life_days)s::float8) ELSE 1 END AS weight,
        coalesce(settled_on <= %(day)s, false) AND credited.invoice_id IS NULL AS is_paid, settled_on
    FROM invoice LEFT JOIN credited ON credited.invoice_id = invoice.id
    WHERE company_id = %(company)s AND kind <> 'credit_note' AND posted_on <= %(day)s AND due_on IS NOT NULL
        AND (settled_on IS NULL OR settled_on > %(day)s::date - %(history_days)s)
        AND (issued_on < %(day)s OR settled_on <= %(day)s)
        AND (%(first)s::bigint IS NULL OR customer_id BETWEEN %(first)s AND %(last)s)
)
