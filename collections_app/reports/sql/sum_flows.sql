-- Goes on from follow_flows: the same by month and by currency, segment, collector, salesperson and country.
-- Parameters: those of follow_flows.
-- Rows: one a month for each of these that occur together.
SELECT date_trunc('month', on_day)::date AS month, currency, segment, collector, salesperson, country,
    coalesce(sum(invoiced), 0) AS invoiced, coalesce(sum(credited), 0) AS credited,
    coalesce(sum(received), 0) AS received, coalesce(sum(settled), 0) AS settled,
    coalesce(sum(settled_by_credit), 0) AS settled_by_credit,
    coalesce(sum(paid), 0) AS paid, coalesce(sum(paid_due), 0) AS paid_due,
    coalesce(sum(paid_days), 0) AS paid_days, coalesce(sum(late_days), 0) AS late_days
FROM flow JOIN placed ON placed.customer_id = flow.customer_id AND (placed_from IS NULL OR on_day >= placed_from)
    AND (placed_until IS NULL OR on_day <= placed_until)
GROUP BY month, currency, segment, collector, salesperson, country
