-- Arranges the rows that arrived: the side of each amount, its customer, its currency, its days. Amounts become
-- positive and a sign that does not fit the type turns it (a negative invoice is a credit note).
-- OFFSET 0 keeps each step apart: pulled into one, every use of an amount would work it out anew.
-- Parameters: currency (default, three letters); signed (true: credits and payments are negative in the file);
-- by_open (true: a list of open items); open_stated, days_stated (whether those columns are in the file); as_of.
CREATE TEMP TABLE arranged ON COMMIT DROP AS
WITH valued AS (
    SELECT arrived.*, heard_of.id AS customer_id, heard_of.terms AS customer_terms,
           CASE WHEN side_mark = 'credit' THEN -total ELSE total END AS stated,
           CASE WHEN side_mark = 'credit' THEN -open_amount ELSE open_amount END AS still_open
    FROM (
        SELECT *, coalesce(amount, CASE WHEN coalesce(debit, credit) IS NOT NULL THEN coalesce(debit, 0) - coalesce(credit, 0) END)
                  + coalesce(tax, 0) AS total
        FROM arrived
        OFFSET 0
    ) AS arrived
    LEFT JOIN heard_of ON heard_of.number = coalesce(customer, left(customer_name, 64))
    OFFSET 0
),
weighed AS (
    SELECT *,
           CASE WHEN %(by_open)s AND %(open_stated)s THEN still_open ELSE stated END AS value,
           coalesce(issued_on, posted_on, CASE WHEN NOT %(days_stated)s THEN least(due_on, settled_on, %(as_of)s::date) END)
               AS first_on
    FROM valued
    OFFSET 0
),
turned AS (
    SELECT *,
           CASE
               WHEN type IN ('allocation', 'deallocation', 'reversal') THEN type
               WHEN CASE WHEN %(signed)s AND type IN ('credit_note', 'receipt') THEN value <= 0 ELSE value >= 0 END THEN type
               WHEN type = 'credit_note' THEN 'debit_note'
               WHEN type = 'receipt' THEN 'refund'
               WHEN type = 'refund' THEN 'receipt'
               ELSE 'credit_note'
           END AS kind
    FROM weighed
    OFFSET 0
)
SELECT line, customer_id, kind,
       CASE WHEN kind IN ('receipt', 'refund', 'reversal') THEN 'payment'
            WHEN kind IN ('allocation', 'deallocation') THEN kind
            ELSE 'document' END AS shape,
       coalesce(type, '') AS type,
       number, coalesce(instalment, '') AS instalment, coalesce(reference, '') AS reference,
       coalesce(currency, %(currency)s) AS currency,
       CASE WHEN %(by_open)s AND NOT %(open_stated)s THEN NULL ELSE abs(stated) END AS amount,
       CASE WHEN %(by_open)s THEN abs(value) END AS open_amount,
       sign(stated) * sign(value) < 0 AS is_two_sided,
       first_on AS issued_on,
       coalesce(due_on, CASE WHEN coalesce(terms, customer_terms) ~* '^(net ?)?\d{1,3}( ?days?)?( ?eom)?$' THEN
           CASE WHEN coalesce(terms, customer_terms) ~* 'eom$'
                THEN (date_trunc('month', first_on + substring(coalesce(terms, customer_terms) FROM '\d+')::int)
                      + interval '1 month - 1 day')::date
                ELSE first_on + substring(coalesce(terms, customer_terms) FROM '\d+')::int END END) AS due_on,
       coalesce(posted_on, first_on) AS posted_on, settled_on,
       coalesce(terms, '') AS terms, coalesce(method, '') AS method,
       source_type, source, coalesce(allocation, '') AS allocation, reverses
FROM turned;
-- The planner would otherwise take it for a handful of rows.
ANALYZE arranged (line, customer_id, kind, shape, number, instalment)
