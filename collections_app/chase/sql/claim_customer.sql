-- Gives a customer to a user for the length of a lease, unless a colleague holds it; one's own lease is renewed.
-- The conflict on the customer's one row decides between two people who ask in the same instant.
-- Parameters: customer, "user" (ids); at, until (moments).
-- Relies on the unique index of chase_claim on its customer. Rows: one when given, none when a colleague holds it.
INSERT INTO chase_claim AS held (customer_id, user_id, claimed_at, until)
VALUES (%(customer)s, %(user)s, %(at)s, %(until)s)
ON CONFLICT (customer_id) DO UPDATE
SET
    user_id = excluded.user_id,
    claimed_at = CASE
        WHEN held.user_id = excluded.user_id AND held.until > %(at)s THEN held.claimed_at
        ELSE excluded.claimed_at
    END,
    until = excluded.until
WHERE held.user_id = excluded.user_id OR held.until <= %(at)s
RETURNING held.id
