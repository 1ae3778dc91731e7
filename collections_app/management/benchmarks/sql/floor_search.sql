-- The floor of a search: customers by words of their name, and documents by the beginning of their number.
-- Parameters: company (id), words (a pattern of the name), beginning (a pattern of the number).
-- Rows: up to eight of each.
(
    SELECT 'customer' AS kind, number
    FROM customer
    WHERE company_id = %(company)s AND search_key LIKE %(words)s
    ORDER BY search_key, id
    LIMIT 8
)
UNION ALL
(
    SELECT 'document', number
    FROM invoice
    WHERE company_id = %(company)s AND number LIKE %(beginning)s
    ORDER BY number, id
    LIMIT 8
)
