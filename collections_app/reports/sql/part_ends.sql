-- Goes on from follow_ends: ``ended``, what of each of these invoices is told at both ends, of the customers who are looked at: all that
-- is open of those who moved, which is there at one end alone, and what they ``brought`` or took: what was open at the first. What is in dispute is never more than what is open.
-- Parameters: those of follow_ends. Rows: one an invoice that may differ.
, mover AS (SELECT customer_id, was_here, is_here FROM here WHERE was_here <> is_here),
whose AS (
    SELECT known.*, TRUE AS was_here, TRUE AS is_here
    FROM known
    WHERE customer_id NOT IN (SELECT customer_id FROM mover)
        AND (NOT %(is_narrowed)s OR customer_id IN (SELECT customer_id FROM here WHERE was_here))
    UNION ALL
    SELECT i.id, i.number, i.customer_id, i.currency, i.kind, i.posted_on, i.due_on, i.open_amount, back.to_since, back.to_day,
        mover.was_here, mover.is_here
    FROM mover JOIN invoice i USING (customer_id) LEFT JOIN back ON back.id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on <= %(day)s
),
stood AS (
    SELECT whose.*, doubted.before, doubted.after,
        CASE WHEN was_here AND posted_on <= %(since)s THEN open_amount + coalesce(to_since, 0) ELSE 0 END AS was,
        CASE WHEN posted_on <= %(since)s THEN open_amount + coalesce(to_since, 0) ELSE 0 END AS brought,
        CASE WHEN is_here THEN open_amount + coalesce(to_day, 0) ELSE 0 END AS now
    FROM whose LEFT JOIN doubted ON doubted.invoice_id = whose.id
    WHERE kind <> 'credit_note'
),
ended AS (
    SELECT stood.*, coalesce(%(since)s - due_on, 0) > 0 AS was_overdue, coalesce(%(day)s - due_on, 0) > 0 AS is_overdue,
        CASE WHEN before IS NULL THEN 0 ELSE least(was, before) END AS was_disputed,
        CASE WHEN after IS NULL THEN 0 ELSE least(now, after) END AS is_disputed
    FROM stood
)
