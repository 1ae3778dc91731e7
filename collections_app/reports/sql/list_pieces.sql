-- Goes on from a statement of pieces: one page of them, in some currencies or (NULL) in all, the newest first, or with
-- by_size the largest, each row with the sum and number of them all. Parameters beside those: currencies, by_size, limit, skip (rows).
-- Rows: at most ``limit``.
SELECT piece.*, customer.name AS customer, customer.number AS customer_number, coalesce(sum(piece.amount) OVER (), 0) AS whole,
    count(*) OVER () AS items
FROM piece JOIN customer ON customer.id = piece.customer_id
WHERE %(currencies)s::text[] IS NULL OR piece.currency = ANY(%(currencies)s::text[])
ORDER BY CASE WHEN %(by_size)s THEN abs(piece.amount) END DESC, piece.on_day DESC, piece.id DESC
LIMIT %(limit)s OFFSET %(skip)s
