-- What figures of the ledger depend on, in a few numbers that are others after every change: postings, disputes, and with a filter
-- who is meant by it. A posting that is committed late changes the number of postings.
-- Parameters: company (id); segment (code), collector, salesperson (ids, 0 for nobody), country, each NULL for all.
-- Relies on: postings and disputes of a company, thousands.
-- Rows: one.
SELECT now() AS at, (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database,
    (SELECT array[count(*), max(id)] FROM posting WHERE company_id = %(company)s) AS postings,
    (SELECT array[count(*), sum(version), max(id)] FROM dispute WHERE company_id = %(company)s) AS disputes,
    CASE WHEN coalesce(%(segment)s::text, %(collector)s::text, %(salesperson)s::text, %(country)s::text) IS NOT NULL THEN (
        SELECT array[count(*), sum(hashint8(c.id))]
        FROM customer AS c
        LEFT JOIN customer_assignment AS a ON a.customer_id = c.id
        LEFT JOIN segment AS s ON s.id = a.segment_id
        WHERE c.company_id = %(company)s
            AND (%(segment)s::text IS NULL OR coalesce(s.code, '') = %(segment)s)
            AND (%(collector)s::bigint IS NULL OR a.collector_id = %(collector)s OR %(collector)s::bigint = 0 AND a.collector_id IS NULL)
            AND (%(salesperson)s::bigint IS NULL OR c.salesperson_id = %(salesperson)s OR %(salesperson)s::bigint = 0 AND c.salesperson_id IS NULL)
            AND (%(country)s::text IS NULL OR c.country = %(country)s)
    ) END AS members
