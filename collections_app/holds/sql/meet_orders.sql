-- Sets each order of the file beside the one that is known; empty cells keep what is known. Of exact repetitions the first
-- row counts. A salesperson who is not named is the customer's; a code that nobody of the company has stays a code.
-- Parameters: company (id), currency (of rows that state none, for customers that are not known), today (date).
-- Relies on: order_number_is_unique_in_company. Rows: the different orders of the file.
CREATE TEMP TABLE stated_order ON COMMIT DROP AS
SELECT DISTINCT ON (a.number)
       a.line, a.number, a.customer, customer.id AS customer_id, customer.name AS customer_name,
       known.id AS known_id, known.customer_id AS known_customer_id, known.state AS known_state,
       known.changed_at AS known_changed_at, a.type AS state,
       coalesce(a.currency, known.currency, customer.currency, %(currency)s) AS currency,
       coalesce(a.amount, known.amount) AS amount, known.amount AS amount_was,
       coalesce(a.placed_on, known.placed_on, %(today)s) AS placed_on,
       coalesce(a.wanted_on, known.wanted_on) AS wanted_on,
       coalesce(a.exemption_class, known.exemption_class, '') AS exemption_class,
       coalesce(a.salesperson, known.salesperson_code, '') AS salesperson_code,
       CASE WHEN coalesce(a.salesperson, known.salesperson_code, '') <> '' THEN person.id ELSE customer.salesperson_id END AS salesperson_id,
       coalesce(a.source, known.source, '') AS source,
       known.id IS NULL AS is_new, false AS is_changed
FROM arrived a
LEFT JOIN customer ON customer.company_id = %(company)s AND customer.number = a.customer
LEFT JOIN customer_order known ON known.company_id = %(company)s AND known.number = a.number
LEFT JOIN LATERAL (
    SELECT app_user.id
    FROM app_user JOIN company_member ON company_member.user_id = app_user.id AND company_member.company_id = %(company)s
    WHERE lower(username) = lower(coalesce(a.salesperson, known.salesperson_code)) AND is_active
    ORDER BY app_user.id LIMIT 1
) person ON true
WHERE a.number IS NOT NULL
ORDER BY a.number, a.line;
UPDATE stated_order s
SET is_changed = true
FROM customer_order k
WHERE k.id = s.known_id
  AND (s.state, s.currency, s.amount, s.placed_on, s.wanted_on, s.exemption_class, s.salesperson_code, s.salesperson_id, s.source)
      IS DISTINCT FROM
      (k.state, k.currency, k.amount, k.placed_on, k.wanted_on, k.exemption_class, k.salesperson_code, k.salesperson_id, k.source);
ANALYZE stated_order
