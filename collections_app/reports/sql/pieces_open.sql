-- Goes on from place_customers: what is open at the end of the day of the sales of some months, or of those before a day.
-- Parameters: those of place_customers, months (first days, an array), before (a day, or NULL).
-- Rows: one a document.
, piece AS (
    SELECT item.id, item.number, item.customer_id, item.currency, item.posted_on AS on_day, item.kind AS about, item.amount
    FROM item JOIN placed USING (customer_id)
    WHERE item.part = 'aged'
        AND (date_trunc('month', item.posted_on)::date = ANY(%(months)s::date[]) OR item.posted_on < %(before)s::date)
)
