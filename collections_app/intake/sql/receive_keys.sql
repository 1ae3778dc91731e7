-- Makes the table that search keys are copied into. Temporary; no parameters.
DROP TABLE IF EXISTS pg_temp.key_of;
CREATE TEMP TABLE key_of (id bigint NOT NULL, search_key text) ON COMMIT DROP
