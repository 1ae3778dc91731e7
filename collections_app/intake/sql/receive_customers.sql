-- Makes the table that a file of customers and contacts is copied into. Temporary.
-- Parameters: default_type (for files whose rows do not say).
DROP TABLE IF EXISTS pg_temp.arrived, pg_temp.heard_of, pg_temp.arriving_contact;
CREATE TEMP TABLE arrived (
    line integer NOT NULL,
    type text DEFAULT %(default_type)s, customer text, name text, parent text, currency text, terms text, credit_limit numeric, language text, country text,
    time_zone text, address text, classification text, collector text, salesperson text, insurer_report_days integer,
    tax_number text,
    is_active boolean, contact_name text, contact_role text, email text, phone text, hours text, remarks text, is_primary boolean
) ON COMMIT DROP
