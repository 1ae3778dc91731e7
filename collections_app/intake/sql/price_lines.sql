-- Works out the amount of each row from its quantity, its price and its discount, rounded to the currency as an accounts
-- system does row by row. Where a column states the total of the document, that counts, and it has the tax in it.
-- Parameters: total_stated (true: such a column is in the file), currency (of rows that name none), minor_units (JSON of
-- currencies that have other than two). Rows: all.
UPDATE arrived
SET amount = CASE WHEN %(total_stated)s THEN amount
                  ELSE round(quantity * unit_price * (100 - coalesce(discount, 0)) * 0.01,
                             coalesce((%(minor_units)s::jsonb ->> coalesce(currency, %(currency)s))::int, 2)) END,
    tax = CASE WHEN NOT %(total_stated)s THEN tax END
