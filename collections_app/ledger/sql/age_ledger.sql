-- Goes on from read_ledger_then: what was open at the end of a day, summed by currency and age.
-- Parameters: those, and by 'due' or 'invoice'; firsts, the first day of each bucket in days.
-- Rows: at most one a currency, part and bucket.
SELECT currency, part,
       CASE WHEN part = 'aged' THEN
           coalesce(width_bucket(%(day)s - CASE WHEN %(by)s = 'due' THEN due_on ELSE issued_on END, %(firsts)s), 0)
       END AS bucket,
       sum(amount) AS amount, count(*) AS count
FROM item
GROUP BY currency, part, bucket
