-- How many customers a file names that the ledger does not know yet. Parameters: none. Rows: one.
SELECT count(*) AS new FROM heard_of WHERE is_new
