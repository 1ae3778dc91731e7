-- Goes on from age_disputes: the disputes open at the end of a day, of one reason or (NULL) of all, that are so many working days
-- old. Parameters beside those: reason, first, last (working days, both included; NULL without end). Rows: one a dispute.
, piece AS (
    SELECT asked.id, invoice.number, asked.customer_id, asked.currency, asked.lodged_on AS on_day, asked.reason AS about, asked.amount
    FROM asked
    JOIN invoice ON invoice.id = asked.invoice_id
    JOIN tally AS began ON began.day = asked.lodged_on
    JOIN tally AS ended ON ended.day = asked.ended_on
    WHERE asked.what = 'open' AND (%(reason)s::text IS NULL OR asked.reason = %(reason)s)
        AND ended.passed - began.passed >= %(first)s
        AND (%(last)s::integer IS NULL OR ended.passed - began.passed <= %(last)s)
)
