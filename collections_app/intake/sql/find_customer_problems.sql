-- Names what is wrong with customers and contacts. Parameters: company (id), minor_units (JSON of currencies that have
-- other than two). Rows: the problems, with the name of a field.
WITH RECURSIVE parents AS (
    SELECT id, parent_id FROM heard_of WHERE parent_id IS NOT NULL
    UNION
    SELECT id, parent_id FROM customer
    WHERE company_id = %(company)s AND parent_id IS NOT NULL AND id NOT IN (SELECT id FROM heard_of WHERE parent_id IS NOT NULL)
),
climb AS (
    SELECT h.line, h.id AS first_id, h.parent_id AS id FROM heard_of h WHERE h.parent_id IS NOT NULL
    UNION
    SELECT climb.line, climb.first_id, parents.parent_id FROM climb JOIN parents ON parents.id = climb.id
)
SELECT line, 'customer' AS field, 'customer_missing' AS code, 'The row names no customer.' AS message
FROM arrived WHERE coalesce(customer, name) IS NULL
UNION ALL
SELECT line, 'type', 'type_missing', 'The row does not say whether it is a customer or a contact.' FROM arrived WHERE type IS NULL
UNION ALL
SELECT line, 'customer', 'no_such_customer', 'No customer of this number is known, and none stands in the file.'
FROM arriving_contact WHERE customer_id IS NULL
UNION ALL
SELECT line, 'contact_name', 'contact_missing', 'A contact has a name, an email or a telephone number.'
FROM arriving_contact WHERE name IS NULL
UNION ALL
SELECT line, 'parent', 'no_such_customer', format('The parent “%%s” is not known, and does not stand in the file.', parent)
FROM heard_of WHERE parent IS NOT NULL AND parent_id IS NULL
UNION ALL
SELECT line, 'parent', 'parents_in_a_circle', 'The customer would be above itself.'
FROM climb WHERE id = first_id
UNION ALL
SELECT line, 'credit_limit', 'limit_below_zero', 'A credit limit is zero or more.' FROM heard_of WHERE credit_limit < 0
UNION ALL
SELECT line, 'credit_limit', 'too_many_decimals', format('“%%s” has more decimals than %%s has.', trim_scale(credit_limit), currency)
FROM heard_of WHERE min_scale(credit_limit) > coalesce((%(minor_units)s::jsonb ->> currency)::int, 2)
UNION ALL
SELECT max(line), 'is_primary', 'two_primary_contacts', 'A customer has one primary contact; the file marks several.'
FROM arriving_contact WHERE wants_primary GROUP BY customer_id HAVING count(*) > 1
UNION ALL
SELECT max(line), 'customer', 'stands_twice', format('Customer “%%s” stands in lines %%s and %%s and does not say the same.', number, min(line), max(line))
FROM (
    SELECT coalesce(customer, left(name, 64)) AS number, min(line) AS line
    FROM arrived WHERE type = 'customer'
    GROUP BY coalesce(customer, left(name, 64)), name, parent, currency, terms, credit_limit, language, country, time_zone, address,
             classification, collector, salesperson, insurer_report_days, tax_number,
             is_active
) AS said
WHERE number IS NOT NULL
GROUP BY number HAVING count(*) > 1
