-- Goes on from place_customers: the money that came in some spans of days, day by day; money that went back is negative, as in
-- sum_flows. Parameters: those of place_customers, and firsts, lasts (days, arrays: the spans, which do not overlap).
-- Relies on: payment_by_posted_day, which holds all that is read. Rows: one a currency and day.
SELECT p.currency, p.posted_on AS day, sum(CASE WHEN p.kind = 'receipt' THEN p.amount ELSE -p.amount END) AS amount
FROM unnest(%(firsts)s::date[], %(lasts)s::date[]) AS span (first, last)
JOIN payment p ON p.company_id = %(company)s AND p.posted_on BETWEEN span.first AND span.last
WHERE (%(known_at)s IS NULL OR p.recorded_at <= %(known_at)s)
    AND (
        coalesce(%(segment)s::text, %(collector)s::text, %(salesperson)s::text, %(country)s::text, %(customers)s::text) IS NULL
        OR p.customer_id IN (SELECT customer_id FROM placed)
    )
GROUP BY p.currency, p.posted_on
ORDER BY p.currency, p.posted_on
