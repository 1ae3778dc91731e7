-- Where the ranges of customers of a company begin, but for the first: so that each has about the wanted number of customers and
-- begins where a place of ids does. Places are put together until they have reached the number.
-- Parameters: company (id), size (customers), bits (ids of a place: two to this power).
-- Index: customers of a company. Rows: one a range less one; none where there are not more customers than one range has.
WITH place AS (
    SELECT id >> %(bits)s AS place, count(*) AS customers FROM customer WHERE company_id = %(company)s GROUP BY 1
),
share AS (
    SELECT sum(customers) / ceil(sum(customers) / %(size)s) AS customers FROM place
),
counted AS (
    SELECT place, sum(customers) OVER (ORDER BY place) - customers AS before FROM place
)
SELECT min(place) << %(bits)s AS first
FROM counted CROSS JOIN share
WHERE before >= share.customers
GROUP BY div(before, share.customers)
ORDER BY first
