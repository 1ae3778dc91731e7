-- Write-offs of two years: of every 50th customer one was refused, of every 500th one waits.
-- Parameters: company (id), day (today), at (moment), closer, proposer (user ids).
-- Rows: one for 50 customers.
INSERT INTO write_off (
    company_id, customer_id, currency, amount, reason, reason_label, words, hindrances, in_spite_of, state, proposed_at, waits_until,
    decided_at, decided_by_id, decision, taken_back_because, booked_as, proposed_by_id
)
SELECT
    %(company)s, id, currency, 20 + id %% 90, 'small', 'Small amount', 'Not worth asking for.', '[]', '',
    CASE WHEN n %% 500 = 1 THEN 'proposed' ELSE 'refused' END, proposed_at, %(day)s::date + 30,
    CASE WHEN n %% 500 <> 1 THEN proposed_at + interval '1 day' END, CASE WHEN n %% 500 <> 1 THEN %(closer)s END,
    CASE WHEN n %% 500 <> 1 THEN 'We ask once more.' ELSE '' END, '', '', %(proposer)s
FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM customer WHERE company_id = %(company)s) AS customer
CROSS JOIN LATERAL (SELECT %(at)s::timestamptz - make_interval(days => 2 + abs(hashint8(id)) %% 720) AS proposed_at) AS moment
WHERE n %% 50 = 1
