-- Disputes of two years: every 150th settled invoice was contested once, every 200th open one is contested now.
-- Parameters: company (id), day (today), at (moment), closer (a user id).
-- Rows: one a dispute.
INSERT INTO dispute (
    company_id, customer_id, invoice_id, currency, amount, reason, said, state, lodged_at, late_raised, version, desk, answer_days,
    resolve_days, answer_due_on, resolve_due_on, level, asked_for, evidence, finding, answer, cause, credited, conclusion,
    lodged_by_id, closed_at, closed_by_id, answered_at
)
SELECT
    %(company)s, customer_id, invoice.id, currency, amount / 2, 'price', 'The price is another.',
    CASE WHEN is_open THEN 'lodged' ELSE 'accepted' END, lodged_at, '', 1, 'sales', 2, 15, lodged_at::date + 2, lodged_at::date + 15, 1, '',
    '', '', '', CASE WHEN is_open THEN '' ELSE 'price' END, CASE WHEN is_open OR invoice.id %% 3 > 0 THEN 0 ELSE amount / 4 END, '',
    %(closer)s, CASE WHEN NOT is_open THEN lodged_at + interval '9 days' END, CASE WHEN NOT is_open THEN %(closer)s END,
    CASE WHEN NOT is_open THEN lodged_at + interval '1 day' END
FROM invoice
CROSS JOIN LATERAL (SELECT open_amount > 0 AS is_open) AS stood
CROSS JOIN LATERAL (
    SELECT CASE WHEN is_open THEN least(due_on, %(day)s::date - 1) ELSE due_on END::timestamp AT TIME ZONE 'UTC' AS lodged_at
) AS moment
WHERE company_id = %(company)s AND abs(hashint8(invoice.id)) %% CASE WHEN is_open THEN 200 ELSE 150 END = 0
    AND (is_open OR lodged_at + interval '9 days' < %(day)s::date)
