-- Gives the customers of the file their search keys. Parameters: none.
UPDATE heard_of SET search_key = coalesce(key_of.search_key, '') FROM key_of WHERE key_of.id = heard_of.id
