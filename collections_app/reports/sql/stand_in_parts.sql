-- Goes on from a ``standing`` of documents and money (part, age in days past due, amount, disputed): the parts that stand in every
-- report. They add up to the ledger; credits and unallocated money are negative, as in ageing. Disputed amounts stay in their bucket
-- and are told beside it. Whoever goes on names what ``stood`` is told by, and closes it.
, stood AS (
    SELECT
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age <= 0), 0) AS not_due,
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age BETWEEN 1 AND 30), 0) AS overdue_1,
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age BETWEEN 31 AND 60), 0) AS overdue_31,
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age BETWEEN 61 AND 90), 0) AS overdue_61,
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age BETWEEN 91 AND 120), 0) AS overdue_91,
        coalesce(sum(amount) FILTER (WHERE part = 'aged' AND age > 120), 0) AS overdue_121,
        coalesce(sum(amount) FILTER (WHERE part = 'credits'), 0) AS credits,
        coalesce(sum(amount) FILTER (WHERE part = 'unallocated'), 0) AS unallocated,
        coalesce(sum(disputed), 0) AS disputed,
        coalesce(sum(disputed) FILTER (WHERE age > 0), 0) AS disputed_overdue,
        count(*) FILTER (WHERE part = 'aged') AS open_count,
        count(*) FILTER (WHERE part = 'aged' AND age > 0) AS overdue_count
