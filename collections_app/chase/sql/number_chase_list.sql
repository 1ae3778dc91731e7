-- Gives the places of a chase list of which each range of customers was refreshed by itself, in the order in which
-- refresh_chase_list gives them. Who stands at the same place is not touched.
-- Parameters: company (id).
-- Index: chase_entry by company. Rows: those on the list, most of them on a new day.
UPDATE chase_entry AS entry SET rank = found.rank
FROM (
    SELECT id, CASE WHEN left_out = '' THEN row_number() OVER (
        PARTITION BY left_out = '' ORDER BY score DESC, weight DESC, oldest_days DESC, customer_id) END AS rank
    FROM chase_entry WHERE company_id = %(company)s
) AS found
WHERE entry.id = found.id AND entry.rank IS DISTINCT FROM found.rank
