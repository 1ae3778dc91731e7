-- Drops rows that say exactly what an earlier row of the same file says. Parameters: none.
-- Rows: of those whose number stands more than once.
WITH repeated AS (
    SELECT a.line,
           row_number() OVER (
               PARTITION BY customer_id, kind, number, instalment, a.reference, a.currency, a.amount, a.open_amount, a.issued_on,
                            a.due_on, a.posted_on, a.settled_on, a.terms, a.method, a.reverses
               ORDER BY a.line
           ) AS occurrence
    FROM arranged a
    JOIN repeated_key USING (customer_id, kind, number, instalment)
)
DELETE FROM arranged USING repeated WHERE arranged.line = repeated.line AND repeated.occurrence > 1
