-- Lists the customers of the file that need a search key. Parameters: none.
SELECT id, number, name FROM heard_of WHERE is_new OR is_renamed
