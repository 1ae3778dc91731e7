-- Goes on from narrow_placements: what those invoiced in a month who belong to what a report is narrowed to at a later end, and did not when the month was kept, less
-- those who belonged there in the month and do not at that end. With it the sales of a period are of the customers whose balance
-- stands at its end, and of a month as it was known when that was kept. Those who moved together are added up together, by the ends
-- at which they belonged there.
-- Parameters: company (id); days, moments (arrays: ends of months, and when each was kept); since, until (the first and the last
-- day of these months: nothing of another is looked at; as values, since the plan is chosen by them); and those of narrow_placements.
-- Relies on: invoice_is_known_once, invoice_by_day.
-- Rows: one a later end, month and currency in which any of them invoiced.
, month_end AS (
    SELECT day, at, place::integer, date_trunc('month', day)::date AS first
    FROM unnest(%(days)s::date[], %(moments)s::timestamptz[]) WITH ORDINALITY AS each (day, at, place)
),
mover AS (
    SELECT customer_id, array_agg(place) AS here
    FROM kept JOIN month_end ON since_at <= at AND until_at > at
    GROUP BY customer_id
    HAVING count(*) < cardinality(%(days)s::date[])
),
sold AS (
    SELECT here, currency, month.first, sum(coalesce(
        -- what the first correction that was not yet known found
        (SELECT c.amount_from FROM invoice_correction c WHERE c.invoice_id = invoice.id AND c.recorded_at > month.at
         ORDER BY c.recorded_at, c.id LIMIT 1), amount)) AS amount
    FROM mover
    JOIN invoice USING (customer_id)
    JOIN month_end AS month ON month.first = date_trunc('month', posted_on)::date AND recorded_at <= month.at
    WHERE company_id = %(company)s AND kind IN ('invoice', 'debit_note', 'finance_charge') AND posted_on BETWEEN %(since)s AND %(until)s
    GROUP BY here, currency, month.first
)
SELECT later.day AS end_on, sold.first, sold.currency, sum(CASE WHEN later.place = ANY(here) THEN amount ELSE -amount END) AS amount
FROM sold
JOIN month_end AS month USING (first)
JOIN month_end AS later ON later.day > month.day AND (later.place = ANY(here)) <> (month.place = ANY(here))
GROUP BY later.day, sold.first, sold.currency
