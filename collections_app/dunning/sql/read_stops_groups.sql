-- All customers that belong together with those that are asked about, step by step: a parent, its subsidiaries, and
-- whoever has the same VAT or registration number, at whichever company of ours.
-- Parameters: customers (array of ids). Indexes: customer_parent_id, customer_by_tax_number.
-- Rows: one a customer, those that are asked about among them; mostly few more than these.
WITH RECURSIVE together AS (
    SELECT id, parent_id, tax_number FROM customer WHERE id = ANY(%(customers)s::bigint[])
    UNION
    SELECT other.id, other.parent_id, other.tax_number
    FROM together
    CROSS JOIN LATERAL (
        SELECT id, parent_id, tax_number FROM customer WHERE id = together.parent_id
        UNION ALL
        SELECT id, parent_id, tax_number FROM customer WHERE parent_id = together.id
        UNION ALL
        SELECT id, parent_id, tax_number FROM customer WHERE tax_number = together.tax_number AND tax_number <> ''
    ) AS other
)
SELECT id, parent_id, tax_number FROM together ORDER BY id
