-- What the standing forecast expects of open invoices within some weeks, each week in part or as a whole, in whole minor units.
-- Parameters: company, customers (ids, an array; NULL for all), shares (of each week, the first of the forecast first), currencies,
-- places (arrays: the decimals of a currency). Relies on expected_payment_by_customer. Rows: one an invoice.
WITH piece AS (
    SELECT told.id, invoice.number, told.customer_id, told.currency, told.on_day, invoice.kind AS about, told.amount
    FROM (
        SELECT expected.invoice_id AS id, expected.customer_id, expected.currency, coalesce(expected.expected_on, expected.day) AS on_day,
            round((
                expected.by_week[1] * week.one + expected.by_week[2] * week.two + expected.by_week[3] * week.three
                + expected.by_week[4] * week.four + expected.by_week[5] * week.five + expected.by_week[6] * week.six
            ) / 1000, known.places) AS amount
        FROM expected_payment AS expected
        JOIN unnest(%(currencies)s::text[], %(places)s::integer[]) AS known (currency, places) ON known.currency = expected.currency
        CROSS JOIN (
            SELECT shares[1] AS one, coalesce(shares[2], 0) AS two, coalesce(shares[3], 0) AS three, coalesce(shares[4], 0) AS four,
                coalesce(shares[5], 0) AS five, coalesce(shares[6], 0) AS six
            FROM (SELECT %(shares)s::numeric[] AS shares) AS given
        ) AS week
        WHERE expected.company_id = %(company)s
            AND (%(customers)s::bigint[] IS NULL OR expected.customer_id = ANY(%(customers)s::bigint[]))
    ) AS told
    LEFT JOIN invoice ON invoice.id = told.id
    WHERE told.amount <> 0
)
