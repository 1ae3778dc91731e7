-- Customers who moved in each of the past two years' months, two in a hundred, to the collector and the segment that they have now:
-- before that each belonged where another does. The ends of months are kept by the night after each, as nights would have done.
-- Parameters: company (id), day (of the newest snapshot).
-- Runs among planning.joining_sets, since customers are thousands. Rows: one a move.
WITH kept AS (
    UPDATE report_snapshot SET taken_at = (day + 1)::timestamp AT TIME ZONE 'UTC' + interval '2 hours'
    WHERE company_id = %(company)s AND day < %(day)s AND day = (date_trunc('month', day) + interval '1 month - 1 day')::date
),
placed AS (
    SELECT id, company_id, customer_id, segment, collector_id, salesperson_id, country,
        row_number() OVER (ORDER BY customer_id) - 1 AS n, count(*) OVER () AS many
    FROM report_placement WHERE company_id = %(company)s AND until_at IS NULL
),
move AS (
    SELECT placed.id, (n + 457 * back) %% many AS elsewhere, (%(day)s::date - make_interval(months => back))::timestamp AT TIME ZONE 'UTC' AS at,
        (%(day)s::date - interval '4 years') AT TIME ZONE 'UTC' AS began
    FROM placed CROSS JOIN generate_series(1, 24) AS back
    WHERE abs(hashint8extended(customer_id, back)) %% 50 = 0
),
now AS (
    UPDATE report_placement AS held SET since_at = coalesce(moved.at, (%(day)s::date - interval '4 years') AT TIME ZONE 'UTC')
    FROM placed LEFT JOIN (SELECT id, max(at) AS at FROM move GROUP BY id) AS moved USING (id)
    WHERE held.id = placed.id
)
INSERT INTO report_placement (company_id, customer_id, segment, collector_id, salesperson_id, country, since_at, until_at)
SELECT own.company_id, own.customer_id, other.segment, other.collector_id, own.salesperson_id, own.country,
    coalesce(lag(move.at) OVER (PARTITION BY own.id ORDER BY move.at), began), move.at
FROM move
JOIN placed AS own USING (id)
JOIN placed AS other ON other.n = move.elsewhere
