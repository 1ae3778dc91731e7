-- What a backup holds, to be compared once it is restored: by company and currency how many invoices and payments,
-- what is open of the one and left of the other, and by company how many events, messages and promises.
-- Parameters: none. Rows: a line for each company, figure and currency; a pass over each of these tables.
SELECT company.code AS company, found.what, found.currency, found.many, found.amount
  FROM (
        SELECT company_id, 'invoices' AS what, currency, count(*) AS many, sum(open_amount)::text AS amount
          FROM invoice GROUP BY company_id, currency
         UNION ALL
        SELECT company_id, 'payments', currency, count(*), sum(unallocated_amount)::text
          FROM payment GROUP BY company_id, currency
         UNION ALL
        SELECT company_id, 'events', '', count(*), '' FROM activity_event GROUP BY company_id
         UNION ALL
        SELECT company_id, 'messages', '', count(*), '' FROM message GROUP BY company_id
         UNION ALL
        SELECT customer.company_id, 'promises', '', count(*), ''
          FROM promise
          JOIN customer ON customer.id = promise.customer_id
         GROUP BY customer.company_id
       ) AS found
  LEFT JOIN company ON company.id = found.company_id
 ORDER BY 1 NULLS FIRST, 2, 3
