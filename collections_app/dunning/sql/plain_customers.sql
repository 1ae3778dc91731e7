-- Begins statements that pass over whom nobody has to look at: customers whose invoices are not simply open with what stands on
-- them, because something of theirs is disputed or promised, or was set against something on a day later than the day that is
-- asked about (as positions see it: an allocation is in force once everything that it names is there).
-- Parameters: company (id), day (date), at (moment).
-- Indexes: dispute_open_by_customer, dispute_closed_by_moment, promise_running_by_customer, promise_ended_by_day, and those by
-- day of invoice, payment and allocation. Rows: few, customers more than once.
WITH later AS MATERIALIZED (
    SELECT invoice_id, credit_note_id, payment_id FROM allocation WHERE company_id = %(company)s AND posted_on > %(day)s
    UNION ALL
    -- Few on the day itself, which is the one that is asked about: looked up one by one, and not joined with all there ever were.
    SELECT a.*
    FROM invoice AS i CROSS JOIN LATERAL (
        SELECT invoice_id, credit_note_id, payment_id FROM allocation WHERE invoice_id = i.id OFFSET 0
    ) AS a
    WHERE i.company_id = %(company)s AND i.posted_on > %(day)s
    UNION ALL
    SELECT a.invoice_id, a.credit_note_id, a.payment_id FROM invoice AS i JOIN allocation AS a ON a.credit_note_id = i.id
    WHERE i.company_id = %(company)s AND i.posted_on > %(day)s
    UNION ALL
    SELECT a.invoice_id, a.credit_note_id, a.payment_id FROM payment AS p JOIN allocation AS a ON a.payment_id = p.id
    WHERE p.company_id = %(company)s AND p.posted_on > %(day)s
),
spoken_for AS MATERIALIZED (
    SELECT customer_id FROM dispute WHERE company_id = %(company)s AND closed_at IS NULL
    UNION ALL SELECT customer_id FROM dispute WHERE company_id = %(company)s AND closed_at > %(at)s
    UNION ALL SELECT customer_id FROM promise WHERE company_id = %(company)s AND state = 'running'
    UNION ALL SELECT customer_id FROM promise WHERE company_id = %(company)s AND settled_on > %(day)s
    UNION ALL SELECT customer_id FROM payment WHERE company_id = %(company)s AND posted_on > %(day)s
    UNION ALL
    SELECT customer_id FROM invoice
    WHERE id IN (SELECT invoice_id FROM later UNION ALL SELECT credit_note_id FROM later)
    UNION ALL SELECT customer_id FROM payment WHERE id IN (SELECT payment_id FROM later)
),
