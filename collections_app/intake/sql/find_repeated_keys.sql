-- Lists the numbers that stand in the file more than once; seldom any. Allocations may truly happen twice.
-- Parameters: none.
CREATE TEMP TABLE repeated_key ON COMMIT DROP AS
SELECT customer_id, kind, number, instalment
FROM arranged
WHERE shape IN ('document', 'payment') AND customer_id IS NOT NULL
GROUP BY customer_id, kind, number, instalment
HAVING count(*) > 1
