-- Names rows whose amount cannot be worked out. A row without quantity and price only describes, and adds nothing.
-- Parameters: none. Rows: the problems, with the name of a field.
SELECT line, 'quantity' AS field, 'quantity_missing' AS code, 'The row has a price but no quantity.' AS message
FROM arrived WHERE quantity IS NULL AND unit_price <> 0
UNION ALL
SELECT line, 'unit_price', 'unit_price_missing', 'The row has a quantity but no price.'
FROM arrived WHERE unit_price IS NULL AND quantity <> 0
UNION ALL
SELECT line, 'discount', 'discount_out_of_range', format('A discount of %%s per cent cannot be right.', trim_scale(discount))
FROM arrived WHERE discount NOT BETWEEN 0 AND 100
