-- Goes on from age_items: ``part``, what each customer has open at the end of a day, by bucket, and what of it is in dispute.
-- Parameters: those of age_items; part (its name), firsts (the first days overdue of the buckets, an array).
-- Rows: one a customer, currency and bucket.
, part AS (
    SELECT customer_id, %(part)s AS name, currency, key, count(*) AS count, sum(amount) AS amount
    FROM (
        SELECT customer_id, currency, amount, CASE part
            WHEN 'aged' THEN width_bucket(age, %(firsts)s::integer[])
            ELSE cardinality(%(firsts)s::integer[]) + CASE part WHEN 'credits' THEN 1 ELSE 2 END END AS key
        FROM standing
        UNION ALL
        SELECT customer_id, currency, disputed, cardinality(%(firsts)s::integer[]) + CASE WHEN age > 0 THEN 4 ELSE 3 END
        FROM standing WHERE disputed IS NOT NULL
    ) AS told
    JOIN placed USING (customer_id)
    GROUP BY customer_id, currency, key
)
