-- The floor of the chart of disputes: what is open by reason and currency, by hand.
-- Parameters: company (id).
-- Rows: one a reason and currency, and one of them all.
SELECT reason, currency, count(*) AS number, sum(amount) AS amount FROM dispute
WHERE company_id = %(company)s AND closed_at IS NULL
GROUP BY GROUPING SETS ((reason, currency), ())
