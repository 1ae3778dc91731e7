-- Adds the customers whom the file is the first to name. heard_of.search_key was filled in by the caller.
-- Parameters: company (id), at (moment).
INSERT INTO customer (
    id, company_id, number, name, search_key, currency, terms, language, country, time_zone, address, classification,
    collector_code, salesperson_code, is_active, recorded_at
)
SELECT id, %(company)s, number, name, search_key, currency, '', '', '', '', '', '', '', '', true, %(at)s
FROM heard_of
WHERE is_new
