-- Makes the table that a file of documents is copied into, a row of text cells each already understood.
-- Temporary, so that it costs no log and vanishes with the transaction. Parameters: default_type (for files whose rows do not say).
DROP TABLE IF EXISTS pg_temp.arrived, pg_temp.heard_of, pg_temp.arranged, pg_temp.repeated_key, pg_temp.arriving_document, pg_temp.arriving_payment,
    pg_temp.arriving_allocation, pg_temp.vanished_document, pg_temp.vanished_payment, pg_temp.undone, pg_temp.settled_document;
CREATE TEMP TABLE arrived (
    line integer NOT NULL,
    type text DEFAULT %(default_type)s, customer text, customer_name text, number text, instalment text, reference text, currency text,
    quantity numeric, unit_price numeric, discount numeric, tax_type text,
    amount numeric, tax numeric, debit numeric, credit numeric, side_mark text, open_amount numeric,
    issued_on date, due_on date, posted_on date, settled_on date,
    terms text, method text, source_type text, source text, allocation text, reverses text,
    company_code text, status text
) ON COMMIT DROP
