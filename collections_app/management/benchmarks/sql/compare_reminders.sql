-- How many rows a run and the statement by hand do not have in common: drafts with the invoices each is about.
-- Parameters: company (id). Rows: one.
WITH run AS (
    SELECT draft.customer_id, draft.level, draft.channel, draft.step_code, line.invoice_id, line.open_amount
    FROM reminder_draft AS draft LEFT JOIN reminder_draft_invoice AS line ON line.draft_id = draft.id
    WHERE draft.company_id = %(company)s
),
floor AS (
    SELECT draft.customer_id, draft.level, draft.channel, draft.step_code, line.invoice_id, line.open_amount
    FROM bare_draft AS draft LEFT JOIN bare_line AS line ON line.draft_id = draft.id
    WHERE draft.company_id = %(company)s
)
SELECT (
    (SELECT count(*) FROM (SELECT * FROM run EXCEPT SELECT * FROM floor) AS only_run)
    + (SELECT count(*) FROM (SELECT * FROM floor EXCEPT SELECT * FROM run) AS only_floor)
)::integer AS others
