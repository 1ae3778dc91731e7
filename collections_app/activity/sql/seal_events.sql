-- Gives events that wait their places in the chains of their companies, each sealed over the seal before it, and
-- takes them off what waits. Whoever runs it holds the lock of all chains, so that a place is given once.
-- Parameters: most: events at a time. Index: activity_seal (chain, place), read backwards for each chain.
-- Rows: one, the number sealed; at most ``most`` are written.
WITH taken AS MATERIALIZED (
    DELETE FROM activity_unsealed
     WHERE event_id IN (SELECT event_id FROM activity_unsealed ORDER BY event_id LIMIT %(most)s)
 RETURNING event_id
),
waiting AS MATERIALIZED (
    SELECT event.id AS event_id, coalesce(event.company_id, 0) AS chain,
           activity_event_fingerprint(event) AS fingerprint
      FROM taken
      JOIN activity_event AS event ON event.id = taken.event_id
),
heads AS MATERIALIZED (
    SELECT chains.chain, coalesce(last.place, 0) AS place, coalesce(last.seal, ''::bytea) AS seal
      FROM (SELECT DISTINCT chain FROM waiting) AS chains
      LEFT JOIN LATERAL (
            SELECT place, seal FROM activity_seal
             WHERE activity_seal.chain = chains.chain
             ORDER BY place DESC LIMIT 1
           ) AS last ON true
),
written AS (
    INSERT INTO activity_seal (event_id, chain, place, fingerprint, seal)
    SELECT waiting.event_id, chain, heads.place + row_number() OVER line, waiting.fingerprint,
           activity_seal_over(heads.seal, waiting.fingerprint) OVER line
      FROM waiting
      JOIN heads USING (chain)
    WINDOW line AS (PARTITION BY chain ORDER BY waiting.event_id ROWS UNBOUNDED PRECEDING)
 RETURNING 1
)
SELECT count(*)::int AS sealed FROM written
