-- What our work is counted from in a period, as the rooms count it that know it: calls (contact logs), commitments, disputes, holds
-- and requests for their release. Parameters: company, zone (IANA name), since, day (both included), year_ago (the first day of
-- commitments), customers (ids, an array; NULL for all), what. Relies on contact_log_by_customer, dispute_by_lodging, hold_by_moment.
-- Rows: one of what is counted.
WITH period AS (
    SELECT %(since)s::timestamp AT TIME ZONE %(zone)s AS begins_at, (%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS ends_at
),
work AS (
    SELECT log.id, '' AS number, log.customer_id, '' AS currency, log.at, log.outcome AS about
    FROM contact_log AS log, period
    WHERE %(what)s IN ('calls_made', 'calls_answered', 'calls_decided') AND log.company_id = %(company)s
        AND log.withdrawn_at IS NULL AND log.channel = 'call' AND log.direction = 'out' AND log.at >= begins_at AND log.at < ends_at
        AND (%(what)s = 'calls_made' OR log.outcome NOT IN ('no_answer', 'left_message'))
        AND (%(what)s <> 'calls_decided' OR log.outcome <> 'wrong_person')
    UNION ALL
    SELECT id, '', customer_id, '', first_due_on::timestamp AT TIME ZONE %(zone)s, words
    FROM commitment
    WHERE %(what)s IN ('commitments_met', 'commitments_fallen') AND company_id = %(company)s
        AND first_due_on >= %(year_ago)s AND first_due_on < %(day)s AND NOT (state = 'withdrawn' AND ended_on <= first_due_on)
        AND (%(what)s = 'commitments_fallen' OR (state IN ('met', 'met_late') AND ended_on <= first_due_on))
    UNION ALL
    SELECT DISTINCT ON (dispute.invoice_id) dispute.id, invoice.number, dispute.customer_id, dispute.currency, lodged_at, reason
    FROM period, dispute JOIN invoice ON invoice.id = dispute.invoice_id
    WHERE %(what)s = 'invoices_disputed' AND dispute.company_id = %(company)s AND cause <> 'by_mistake'
        AND lodged_at >= begins_at AND lodged_at < ends_at
    UNION ALL
    SELECT DISTINCT ON (customer_id, number, currency) id, number, customer_id, currency, posted_on::timestamp AT TIME ZONE %(zone)s, ''
    FROM invoice
    WHERE %(what)s = 'invoices_raised' AND company_id = %(company)s AND kind = 'invoice' AND posted_on BETWEEN %(since)s AND %(day)s
    UNION ALL
    SELECT dispute.id, invoice.number, dispute.customer_id, dispute.currency, closed_at, reason
    FROM period, dispute JOIN invoice ON invoice.id = dispute.invoice_id
    WHERE %(what)s IN ('disputes_ended', 'disputes_credited') AND dispute.company_id = %(company)s AND cause <> 'by_mistake'
        AND closed_at >= begins_at AND closed_at < ends_at AND (%(what)s = 'disputes_ended' OR credited > 0)
    UNION ALL
    SELECT dispute.id, invoice.number, dispute.customer_id, dispute.currency, lodged_at, reason
    FROM period, dispute JOIN invoice ON invoice.id = dispute.invoice_id
    WHERE %(what)s = 'disputes_standing' AND dispute.company_id = %(company)s AND cause <> 'by_mistake' AND lodged_at < ends_at
        AND (closed_at IS NULL OR closed_at >= ends_at)
    UNION ALL
    SELECT hold.id, ordered.number, hold.customer_id, ordered.currency, coalesce(first_looked_at, held_at), ''
    FROM period, order_hold AS hold JOIN customer_order AS ordered ON ordered.id = hold.order_id
    WHERE hold.company_id = %(company)s AND (
        (%(what)s = 'holds_looked_at' AND first_looked_at >= begins_at AND first_looked_at < ends_at)
        OR (%(what)s = 'holds_unseen' AND (first_looked_at IS NULL OR first_looked_at >= ends_at) AND held_at < ends_at
            AND (ended_at IS NULL OR ended_at >= ends_at))
    )
    UNION ALL
    SELECT asked.id, ordered.number, asked.customer_id, ordered.currency, decided_at, asked.reason
    FROM period, order_release AS asked JOIN customer_order AS ordered ON ordered.id = asked.order_id
    WHERE %(what)s = 'requests_decided' AND asked.company_id = %(company)s AND decided_at >= begins_at AND decided_at < ends_at
),
piece AS (
    SELECT id, number, customer_id, currency, (at AT TIME ZONE %(zone)s)::date AS on_day, about, NULL::numeric AS amount
    FROM work
    WHERE %(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[])
)
