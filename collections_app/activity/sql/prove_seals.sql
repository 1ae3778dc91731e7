-- What in one chain is not as it was sealed: an event that was changed or removed, a place that is missing, a seal
-- that does not follow from the one before it, and an event that nobody is to seal. One pass over the chain.
-- Parameters: chain: id of the company, 0 for what belongs to none; most: rows told at most.
-- Index: activity_seal (chain, place); the events are read whole. Rows: none when all is well.
WITH linked AS (
    SELECT seal.event_id, seal.place, seal.fingerprint, seal.seal,
           lag(seal.place, 1, 0::bigint) OVER line AS place_before,
           lag(seal.seal, 1, ''::bytea) OVER line AS seal_before
      FROM activity_seal AS seal
     WHERE seal.chain = %(chain)s
    WINDOW line AS (ORDER BY seal.place)
),
looked_at AS (
    SELECT linked.event_id, linked.place, event.what,
           CASE
               WHEN event.id IS NULL THEN 'removed'
               WHEN activity_event_fingerprint(event) <> linked.fingerprint
                 OR coalesce(event.company_id, 0) <> %(chain)s THEN 'changed'
               WHEN linked.place <> linked.place_before + 1 THEN 'gap'
               WHEN sha256(linked.seal_before || linked.fingerprint) <> linked.seal THEN 'broken'
           END AS kind
      FROM linked
      LEFT JOIN activity_event AS event ON event.id = linked.event_id
),
unsealed AS (
    SELECT event.id AS event_id, NULL::bigint AS place, event.what, 'unsealed' AS kind
      FROM activity_event AS event
     WHERE coalesce(event.company_id, 0) = %(chain)s
       AND NOT EXISTS (SELECT FROM activity_seal WHERE activity_seal.event_id = event.id)
       AND NOT EXISTS (SELECT FROM activity_unsealed WHERE activity_unsealed.event_id = event.id)
)
SELECT event_id, place, what, kind FROM looked_at WHERE kind IS NOT NULL
 UNION ALL
SELECT event_id, place, what, kind FROM unsealed
 ORDER BY place NULLS LAST, event_id
 LIMIT %(most)s
