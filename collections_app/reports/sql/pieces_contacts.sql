-- The contacts that one person made since a day. Parameters: company, zone (IANA name), since (a day), day (unused), by (an id),
-- customers (ids, an array; NULL for all). Relies on contact_log_by_customer. Rows: one a contact.
WITH piece AS (
    SELECT log.id, '' AS number, log.customer_id, '' AS currency, (log.at AT TIME ZONE %(zone)s)::date AS on_day,
        log.channel || ', ' || replace(log.outcome, '_', ' ') AS about, NULL::numeric AS amount
    FROM contact_log AS log
    WHERE log.company_id = %(company)s AND log.withdrawn_at IS NULL AND log.by_id = %(by)s
        AND log.at >= %(since)s::timestamp AT TIME ZONE %(zone)s
        AND (%(customers)s::bigint[] IS NULL OR log.customer_id = ANY(%(customers)s::bigint[]))
)
