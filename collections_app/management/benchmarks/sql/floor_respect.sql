-- The floor of how we treat customers: messages that left and calls, by month, by hand.
-- Parameters: company (id), since (the first day).
-- Rows: two a month.
SELECT 'words' AS kind, date_trunc('month', sent_at) AS month, count(*) FROM message
WHERE company_id = %(company)s AND audience = 'customer' AND sent_at >= %(since)s
GROUP BY month
UNION ALL
SELECT 'hours', date_trunc('month', at), count(*) FROM contact_log
WHERE company_id = %(company)s AND channel = 'call' AND direction = 'out' AND withdrawn_at IS NULL AND at >= %(since)s
GROUP BY 2
