-- Writes the event of each customer of a hand-over that is taken back.
-- Parameters: company, hand_over, giver, taker, by (ids), summary, at.
-- Relies on customer_is_handed_over_once_at_a_time. Rows: one a customer.
INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
SELECT %(company)s, customer_id, %(by)s, %(at)s, 'customer.hand_over_undone', %(summary)s,
    jsonb_build_object('hand_over', %(hand_over)s, 'was', %(taker)s, 'to', %(giver)s)
FROM handed_customer
WHERE hand_over_id = %(hand_over)s
ORDER BY customer_id
