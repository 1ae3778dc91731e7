-- Goes on from roll_cohorts: the invoices of a cohort that were still unpaid so many days past due, with what of them was.
-- Parameters: those of roll_cohorts, step (days past due), disputes ('all', or those 'ever' or 'never' in dispute).
-- Rows: one an invoice.
, piece AS (
    SELECT invoice.id, invoice.number, invoice.customer_id, invoice.currency, cohort.due_on AS on_day, invoice.kind AS about,
        unpaid.amount
    FROM (
        SELECT id, sum(amount) AS amount FROM moved
        WHERE (after_days IS NULL OR after_days <= %(step)s) AND %(disputes)s IN ('all', CASE WHEN is_disputed THEN 'ever' ELSE 'never' END)
        GROUP BY id HAVING sum(amount) <> 0
    ) AS unpaid
    JOIN cohort USING (id)
    JOIN invoice USING (id)
    JOIN placed ON placed.customer_id = invoice.customer_id
)
