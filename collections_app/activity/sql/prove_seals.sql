-- What in one chain is not as it was sealed: an event that was changed or removed, a place that is missing, a seal
-- that does not follow from the one before it, and an event that nobody is to seal. One pass over the chain. Words
-- that were blanked are no change when each blanking begins where the one before it ended, and an event vouches for it.
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
marks AS (
    SELECT mark, activity_blanking_digest(mark) AS digest
      FROM (SELECT DISTINCT mark FROM activity_blanking) AS each
),
vouched AS (
    SELECT marks.mark
      FROM marks
     WHERE EXISTS (
               SELECT FROM activity_event AS event
                WHERE event.what IN ('contact.erased', 'retention.applied')
                  AND event.facts @> jsonb_build_object('mark', marks.mark, 'blanked_digest', marks.digest)
           )
),
steps AS (
    SELECT blanking.event_id, blanking.id, blanking.before, blanking.after,
           blanking.mark IN (SELECT mark FROM vouched) AS is_vouched,
           lag(blanking.after) OVER line AS after_before
      FROM activity_blanking AS blanking
    WINDOW line AS (PARTITION BY blanking.event_id ORDER BY blanking.id)
),
blanked AS (
    SELECT event_id, (array_agg(before ORDER BY id))[1] AS first_before,
           (array_agg(after ORDER BY id DESC))[1] AS last_after,
           bool_and(is_vouched AND coalesce(after_before = before, true)) AS is_sound
      FROM steps
     GROUP BY event_id
),
looked_at AS (
    SELECT linked.event_id, linked.place, event.what,
           CASE
               WHEN event.id IS NULL THEN 'removed'
               WHEN activity_event_fingerprint(event) <> coalesce(blanked.last_after, linked.fingerprint)
                 OR blanked.first_before <> linked.fingerprint
                 OR NOT blanked.is_sound
                 OR coalesce(event.company_id, 0) <> %(chain)s THEN 'changed'
               WHEN linked.place <> linked.place_before + 1 THEN 'gap'
               WHEN sha256(linked.seal_before || linked.fingerprint) <> linked.seal THEN 'broken'
           END AS kind
      FROM linked
      LEFT JOIN activity_event AS event ON event.id = linked.event_id
      LEFT JOIN blanked ON blanked.event_id = linked.event_id
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
