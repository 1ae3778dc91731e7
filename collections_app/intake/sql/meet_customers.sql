-- Sets each customer of the file beside the one the ledger knows; empty cells keep what is known. Of exact repetitions
-- the first row counts. Parameters: company (id), currency (for new customers whose rows state none).
-- Relies on: customer_number_is_unique_in_its_company. Rows: the different customers of the file.
CREATE TEMP TABLE heard_of ON COMMIT DROP AS
SELECT DISTINCT ON (a.number)
       a.line, a.number,
       coalesce(known.id, nextval((SELECT pg_get_serial_sequence('customer', 'id')::regclass))) AS id,
       known.id IS NULL AS is_new,
       a.name IS DISTINCT FROM known.name AND (a.name IS NOT NULL OR known.id IS NULL) AS is_renamed,
       ''::text AS search_key,
       coalesce(a.name, known.name, a.number) AS name,
       a.parent, NULL::bigint AS parent_id, known.parent_id AS known_parent_id,
       coalesce(a.currency, known.currency, %(currency)s) AS currency,
       coalesce(a.terms, known.terms, '') AS terms,
       coalesce(a.credit_limit, known.credit_limit) AS credit_limit,
       coalesce(a.language, known.language, '') AS language,
       coalesce(a.country, known.country, '') AS country,
       coalesce(a.time_zone, known.time_zone, '') AS time_zone,
       coalesce(a.address, known.address, '') AS address,
       coalesce(a.classification, known.classification, '') AS classification,
       coalesce(a.collector, known.collector_code, '') AS collector_code,
       coalesce(a.salesperson, known.salesperson_code, '') AS salesperson_code,
       coalesce(a.insurer_report_days, known.insurer_report_days) AS insurer_report_days,
       -- Written in many ways: blanks, dots and hyphens say nothing.
       coalesce(upper(regexp_replace(a.tax_number, '[^[:alnum:]]', '', 'g')), known.tax_number, '') AS tax_number,
       coalesce(a.is_active, known.is_active, true) AS is_active
FROM (SELECT *, coalesce(customer, left(arrived.name, 64)) AS number FROM arrived WHERE type = 'customer') a
LEFT JOIN customer known ON known.company_id = %(company)s AND known.number = a.number
WHERE a.number IS NOT NULL
ORDER BY a.number, a.line
