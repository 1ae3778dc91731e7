-- Writes which customers a hand-over is of, with whom the accounts system names for each now, and the event of each.
-- Parameters: company, hand_over, giver, taker, by (ids), chosen (a query of ids of customers), summary, at.
-- Relies on the primary key of customer. Rows: one a customer, at most all of one collector's.
WITH handed AS (
    INSERT INTO handed_customer (hand_over_id, customer_id, named_id)
    SELECT %(hand_over)s, customer.id, customer.collector_id
    FROM (%(chosen)s) AS chosen (id) JOIN customer ON customer.id = chosen.id
    ORDER BY customer.id
    RETURNING customer_id
)
INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
SELECT %(company)s, customer_id, %(by)s, %(at)s, 'customer.handed_over', %(summary)s,
    jsonb_build_object('hand_over', %(hand_over)s, 'was', %(giver)s, 'to', %(taker)s)
FROM handed
ORDER BY customer_id
