-- Makes the table that a file of orders is copied into. Temporary. Parameters: default_type (for files whose rows do not say).
DROP TABLE IF EXISTS pg_temp.arrived, pg_temp.stated_order;
CREATE TEMP TABLE arrived (
    line integer NOT NULL,
    type text DEFAULT %(default_type)s, customer text, number text, currency text, amount numeric, placed_on date, wanted_on date,
    exemption_class text, salesperson text, source text
) ON COMMIT DROP
