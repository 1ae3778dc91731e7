-- Names the customers that were known by their number only, from a file without names. Their search keys stand in heard_of.
-- Parameters: none. Rows: those whom the file names for the first time.
UPDATE customer SET name = heard_of.name, search_key = heard_of.search_key
FROM heard_of
WHERE heard_of.is_renamed AND customer.id = heard_of.id
