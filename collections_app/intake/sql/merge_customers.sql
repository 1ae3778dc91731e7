-- Adds new customers and gives known ones what the file says. Usernames that nobody here has stay as codes;
-- capitals make no difference, since accounts systems like them. ``customers.give_named`` does the same for a new user.
-- Rows are locked in the order of their ids, as by everybody who takes several customers at once.
-- Parameters: company (id), at (moment).
WITH person AS (
    SELECT DISTINCT ON (lower(username)) lower(username) AS code, id FROM app_user ORDER BY lower(username), id
)
INSERT INTO customer AS known (
    id, company_id, number, name, search_key, parent_id, currency, terms, credit_limit, language, country, time_zone, address,
    classification, collector_code, collector_id, salesperson_code, salesperson_id, insurer_report_days, tax_number, is_active,
    recorded_at
)
SELECT h.id, %(company)s, h.number, h.name, h.search_key, coalesce(h.parent_id, h.known_parent_id), h.currency, h.terms, h.credit_limit,
       left(h.language, 5), h.country, h.time_zone, h.address, h.classification, h.collector_code, collector.id,
       h.salesperson_code, salesperson.id, h.insurer_report_days, h.tax_number, h.is_active, %(at)s
FROM heard_of h
LEFT JOIN person collector ON collector.code = lower(h.collector_code) AND h.collector_code <> ''
LEFT JOIN person salesperson ON salesperson.code = lower(h.salesperson_code) AND h.salesperson_code <> ''
ORDER BY h.id
ON CONFLICT (company_id, number) DO UPDATE
SET name = excluded.name,
    search_key = CASE WHEN excluded.name = known.name THEN known.search_key ELSE excluded.search_key END,
    parent_id = excluded.parent_id, currency = excluded.currency, terms = excluded.terms, credit_limit = excluded.credit_limit,
    language = excluded.language, country = excluded.country, time_zone = excluded.time_zone, address = excluded.address,
    classification = excluded.classification, collector_code = excluded.collector_code, collector_id = excluded.collector_id,
    salesperson_code = excluded.salesperson_code, salesperson_id = excluded.salesperson_id,
    insurer_report_days = excluded.insurer_report_days, tax_number = excluded.tax_number, is_active = excluded.is_active
