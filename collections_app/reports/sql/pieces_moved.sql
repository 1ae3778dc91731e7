-- Goes on from part_ends: by how much each invoice moved what was not overdue, in dispute or overdue, from the end of a month to the end
-- of a day after it, and why; the twin of the parts of sum_standing. What is in dispute stands by itself, overdue or not.
-- Parameters: those of part_ends; what ('not_due', 'disputed', 'overdue'; 'along': what those who moved brought or took). Rows: one an invoice that moved it.
, piece AS (
    SELECT id, number, customer_id, currency, coalesce(due_on, posted_on) AS on_day, amount,
        CASE WHEN NOT was_here THEN 'came' WHEN NOT is_here THEN 'went' WHEN posted_on > %(since)s THEN 'new'
            WHEN now = 0 THEN 'settled' WHEN was = 0 THEN 'restored'
            WHEN is_disputed > was_disputed THEN 'contested' WHEN is_disputed < was_disputed THEN 'agreed'
            WHEN was_overdue <> is_overdue THEN 'fell_due' WHEN now < was THEN 'lessened' ELSE 'restored' END AS about
    FROM (
        SELECT ended.*, CASE %(what)s WHEN 'disputed' THEN is_disputed - was_disputed
            WHEN 'along' THEN CASE WHEN was_here = is_here THEN 0 WHEN is_here THEN brought ELSE -brought END
            ELSE CASE WHEN is_overdue = (%(what)s = 'overdue') THEN now - is_disputed ELSE 0 END
                - CASE WHEN was_overdue = (%(what)s = 'overdue') THEN was - was_disputed ELSE 0 END END AS amount
        FROM ended
    ) AS told
    WHERE amount <> 0
)
