-- Notes how far an import is and renews the lease of whoever works on it.
-- Parameters: batch (id), step (words), rows (read so far), seconds (length of the lease). Rows: one.
UPDATE import_batch
SET step = %(step)s, rows_done = %(rows)s, leased_until = clock_timestamp() + %(seconds)s * interval '1 second'
WHERE id = %(batch)s
