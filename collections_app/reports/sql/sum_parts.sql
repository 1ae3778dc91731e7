-- Goes on from a statement of parts: the same of its customers together. Rows: one a part, currency and key.
SELECT name, currency, key, sum(count)::bigint AS count, sum(amount) AS amount FROM part GROUP BY name, currency, key
