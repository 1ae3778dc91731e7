-- What waits for a decision of one reader who may decide: write-offs, releases of orders, interest, reminders that a manager signs,
-- files. What they proposed, asked for or sell themselves is for somebody else; what somebody else has to begin is not told.
-- Parameters: company, reader (ids), kind ('' for all), limit, skip (rows). The count of the rail (screens, count_needs) reads the
-- same, and a test holds that both agree. Relies on write_off_waiting, release_waiting, interest_charge_waiting,
-- reminder_draft_open. Rows: a page, the oldest first, with how many there are by kind.
WITH waiting AS (
    SELECT 'write_off' AS kind, id, customer_id, amount, currency, proposed_by_id AS by_id, proposed_at AS since,
        reason_label AS about, waits_until AS until
    FROM write_off
    WHERE company_id = %(company)s AND state = 'proposed' AND proposed_by_id <> %(reader)s
        AND NOT EXISTS (
            SELECT FROM write_off_approval AS given WHERE given.write_off_id = write_off.id AND given.by_id = %(reader)s
        )
        AND NOT EXISTS (SELECT FROM customer WHERE customer.id = write_off.customer_id AND customer.salesperson_id = %(reader)s)
    UNION ALL
    SELECT 'release', asked.order_id, asked.customer_id, ordered.amount, ordered.currency, asked.asked_by_id, asked.asked_at,
        asked.reason, asked.needed_on
    FROM order_release AS asked
    JOIN customer_order AS ordered ON ordered.id = asked.order_id
    JOIN customer ON customer.id = asked.customer_id
    WHERE asked.company_id = %(company)s AND asked.state = 'asked' AND asked.asked_by_id <> %(reader)s
        AND ordered.salesperson_id IS DISTINCT FROM %(reader)s AND customer.salesperson_id IS DISTINCT FROM %(reader)s
    UNION ALL
    SELECT 'interest', customer_id, customer_id, amount, currency, proposed_by_id, proposed_at, reason, NULL
    FROM interest_charge
    WHERE company_id = %(company)s AND state = 'proposed' AND proposed_by_id <> %(reader)s
    UNION ALL
    SELECT 'reminder', id, customer_id, NULL, '', NULL, made_at, channel, NULL
    FROM reminder_draft
    WHERE company_id = %(company)s AND state IN ('proposed', 'held_back') AND (signer = 'manager' OR channel = 'hold_proposal')
    UNION ALL
    SELECT 'file', id, NULL, NULL, '', received_by_id, received_at, file_name, NULL
    FROM import_batch
    WHERE company_id = %(company)s AND state = 'checked'
)
SELECT waiting.*, customer.name AS customer, app_user.full_name AS by, counted.kinds
FROM (
    SELECT jsonb_object_agg(kind, number) AS kinds FROM (SELECT kind, count(*) AS number FROM waiting GROUP BY kind) AS grouped
) AS counted
JOIN waiting ON %(kind)s IN ('', waiting.kind)
LEFT JOIN customer ON customer.id = waiting.customer_id
LEFT JOIN app_user ON app_user.id = waiting.by_id
ORDER BY waiting.since, waiting.kind, waiting.id
LIMIT %(limit)s OFFSET %(skip)s
