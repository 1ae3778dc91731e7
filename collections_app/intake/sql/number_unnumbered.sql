-- Gives documents and payments without a number one that follows from what they say, with the place among equals, so
-- that the same file in another order gives the same numbers.
-- Parameters: none. Rows: those without a number.
UPDATE arranged
SET number = counted.made
FROM (
    SELECT line,
           'unnumbered-' || left(said, 12) || '-'
               || row_number() OVER (PARTITION BY said ORDER BY open_amount, line) AS made
    FROM (
        SELECT line, open_amount,
               md5(concat_ws('|', customer_id, kind, instalment, reference, currency, coalesce(trim_scale(amount), trim_scale(open_amount)),
                             issued_on, due_on, posted_on, settled_on)) AS said
        FROM arranged
        WHERE number IS NULL AND shape IN ('document', 'payment') AND customer_id IS NOT NULL
    ) AS unnumbered
) AS counted
WHERE arranged.line = counted.line
