-- How customers stood on a past day, for what a procedure would have done: what could be collected by currency, what fell due
-- soon after, and since when something was overdue at all.
-- Goes on from measure_positions (items, standing): the ledger as of the day, with the disputes and promises of that day.
-- Parameters: before_days (how far ahead of the due date to look; below zero for not at all), and those of measure_positions.
-- Rows: one a customer with something overdue or falling due so soon.
overdue AS (
    SELECT customer_id, min(due_on) AS oldest_open_on FROM part
    WHERE owed AND is_due AND due_on < %(day)s GROUP BY customer_id
),
asked AS (
    SELECT customer_id, array_agg(currency::text ORDER BY currency) AS currencies,
        array_agg(oldest_due_on ORDER BY currency) AS oldest,
        array_agg(due - disputed - promised - cover ORDER BY currency) AS amounts
    FROM measured
    WHERE oldest_due_on < %(day)s AND due - disputed - promised - cover > 0
    GROUP BY customer_id
),
falling AS (
    SELECT customer_id, array_agg(id ORDER BY id) AS invoices, array_agg(due_on ORDER BY id) AS due,
        array_agg(currency::text ORDER BY id) AS falling_currencies, array_agg(open ORDER BY id) AS falling_amounts
    FROM part
    WHERE owed AND due_on BETWEEN %(day)s AND %(day)s::date + %(before_days)s AND disputed IS NULL AND promised IS NULL
    GROUP BY customer_id
)
SELECT customer_id, oldest_open_on, currencies, oldest, amounts, invoices, due, falling_currencies, falling_amounts
FROM overdue FULL JOIN asked USING (customer_id) FULL JOIN falling USING (customer_id)
