-- Counts the rows that bear a kind of tax, and no amount of it, by that kind. Parameters: none.
-- Rows: the different kinds of tax, seldom more than a few.
SELECT tax_type, count(*) AS rows
FROM arrived
WHERE tax IS NULL AND tax_type IS NOT NULL AND amount <> 0
GROUP BY tax_type
ORDER BY count(*) DESC, tax_type
