-- What the standing forecast expects of open invoices within some weeks, each week in part or as a whole, in whole minor units.
-- Parameters: company, customers (ids, an array; NULL for all), shares (of each week, the first of the forecast first), currencies,
-- places (arrays: the decimals of a currency). Relies on expected_payment_by_customer. Rows: one an invoice.
WITH piece AS (
    SELECT told.id, invoice.number, told.customer_id, told.currency, told.on_day, invoice.kind AS about, told.amount
    FROM (
        SELECT expected.invoice_id AS id, expected.customer_id, expected.currency, coalesce(expected.expected_on, expected.day) AS on_day,
            round((
                SELECT sum(week.units * part.share)
                FROM unnest(expected.by_week) WITH ORDINALITY AS week (units, place)
                JOIN unnest(%(shares)s::numeric[]) WITH ORDINALITY AS part (share, place) USING (place)
            ) / 1000, known.places) AS amount
        FROM expected_payment AS expected
        JOIN unnest(%(currencies)s::text[], %(places)s::integer[]) AS known (currency, places) ON known.currency = expected.currency
        WHERE expected.company_id = %(company)s
            AND (%(customers)s::bigint[] IS NULL OR expected.customer_id = ANY(%(customers)s::bigint[]))
    ) AS told
    JOIN invoice ON invoice.id = told.id
    WHERE told.amount <> 0
)
