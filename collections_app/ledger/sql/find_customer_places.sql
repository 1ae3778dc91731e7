-- The places of ids in which a range of customers lies. The range that is open to ids to come has the place of the newest
-- customer of all and the one behind it too: somebody who is added now is there.
-- Parameters: company (id), first and last (ids of customers), bits (ids of a place: two to this power).
-- Index: customers of a company. Rows: some, or some hundred where the ids of other companies lie between.
SELECT (id >> %(bits)s)::integer AS place
FROM customer WHERE company_id = %(company)s AND id BETWEEN %(first)s AND %(last)s
UNION
SELECT ((SELECT max(id) FROM customer) >> %(bits)s)::integer + each.next
FROM (VALUES (0), (1)) AS each (next)
WHERE %(last)s::bigint = 9223372036854775807
ORDER BY place
