-- How many documents of the file are in nothing that is counted: new ones that come to zero. Parameters: none.
-- Rows: one.
SELECT count(*) AS many
  FROM arranged
 WHERE shape = 'document' AND coalesce(open_amount, amount) = 0
   AND NOT EXISTS (SELECT FROM arriving_document WHERE arriving_document.line = arranged.line)
