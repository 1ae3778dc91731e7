-- Customers whom a run could remind, or whose open drafts it has to look at again, with what the ladder asks for: a superset,
-- decided about one by one in rules/ladder. What is owed is read from positions, which stand for the day.
-- Parameters: company (id), day (date), zone (IANA name), before_days (how far ahead of the due date a step may look; below
-- zero for never), before_segments (codes of segments that look ahead), messages (channels that leave the house), left and
-- in_the_way (states of messages that are steps taken, and of those that have not left), silent (outcomes of a contact that
-- reached nobody), habit_count_min; customers (array of ids, NULL for all).
-- Indexes: position_by_company, invoice_open_by_customer, reminder_climb_running, reminder_draft_open,
-- reminder_draft_by_customer, reminder_draft_unsent, contact_log_by_customer, announcement_standing.
-- Rows: one a customer with something overdue to collect, falling due soon, on a ladder, or with an open draft.
WITH owed AS MATERIALIZED (
    SELECT customer_id, array_agg(currency::text ORDER BY currency) AS currencies,
        array_agg(oldest_due_on ORDER BY currency) AS oldest, array_agg(to_collect ORDER BY currency) AS amounts
    FROM customer_position
    WHERE company_id = %(company)s AND to_collect > 0 AND oldest_due_on < %(day)s
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY customer_id
),
climbing AS MATERIALIZED (
    SELECT id, customer_id FROM reminder_climb
    WHERE company_id = %(company)s AND ended_on IS NULL
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
),
draft AS MATERIALIZED (
    SELECT d.* FROM reminder_draft AS d
    WHERE d.climb_id IN (SELECT id FROM climbing)
),
-- Approved emails of which no run has written down yet that they left: few. Looked up one by one, whatever the planner is told.
mail AS MATERIALIZED (
    SELECT d.id, d.customer_id, (d.decided_at AT TIME ZONE %(zone)s)::date AS approved_on, sent.*
    FROM reminder_draft AS d
    CROSS JOIN LATERAL (
        SELECT message.state, (coalesce(message.sent_at, message.claimed_at) AT TIME ZONE %(zone)s)::date AS went_on,
            coalesce(
                message.stops -> 0 ->> 'sentence', CASE WHEN message.state = 'failed' THEN message.last_answer END, ''
            ) AS why
        FROM message WHERE message.id = d.message_id LIMIT 1
    ) AS sent
    WHERE d.company_id = %(company)s AND d.state = 'approved' AND d.channel = 'email' AND d.left_at IS NULL
        AND (%(customers)s::bigint[] IS NULL OR d.customer_id = ANY(%(customers)s::bigint[]))
),
unsent AS (
    SELECT DISTINCT ON (customer_id) customer_id, state, approved_on, why
    FROM mail WHERE state = ANY(%(in_the_way)s::text[])
    ORDER BY customer_id, approved_on, id
),
wrote AS (
    SELECT customer_id, max(went_on) AS went_on FROM mail WHERE state = ANY(%(left)s::text[]) GROUP BY customer_id
),
-- A message counts from the day on which it left, a letter from the day it was posted; a call or task as soon as it is
-- proposed, unless it belongs to a message. What left on the day of its run counts for that of its step.
taken AS (
    SELECT DISTINCT ON (climb_id) climb_id, step_code, level, nominal_days,
        CASE WHEN went_on > run_on THEN went_on ELSE counts_on END AS counts_on
    FROM (
        SELECT draft.*, coalesce((coalesce(posted_at, left_at) AT TIME ZONE %(zone)s)::date, mail.went_on) AS went_on
        FROM draft LEFT JOIN mail ON mail.id = draft.id AND mail.state = ANY(%(left)s::text[])
    ) AS step
    WHERE state = 'done' OR (state = 'approved' AND went_on IS NOT NULL)
        OR (channel <> ALL(%(messages)s::text[]) AND NOT beside_message)
    ORDER BY climb_id, counts_on DESC, nominal_days DESC, id DESC
),
-- Letters that were approved and lie here still: the next step waits until they are posted, or taken back.
unposted AS (
    SELECT climb_id, min((decided_at AT TIME ZONE %(zone)s)::date) AS since
    FROM draft WHERE state = 'approved' AND channel = 'letter'
    GROUP BY climb_id
),
-- Steps whose message was tried, did not leave, and was ended by the house: the next one is for a person to approve.
turned_away AS (
    SELECT draft.climb_id, string_agg(draft.step_code, ' ') AS codes
    FROM draft
    CROSS JOIN LATERAL (
        SELECT FROM message WHERE message.id = draft.message_id AND message.state = 'withdrawn' AND message.attempts > 0 LIMIT 1
    ) AS tried
    WHERE draft.state = 'dropped' AND draft.decided_by_id IS NULL AND draft.message_id IS NOT NULL
    GROUP BY draft.climb_id
),
-- Calls and tasks that stand already beside a message that did not leave yet.
proposed AS (
    SELECT draft.climb_id, string_agg(draft.step_code, ' ') AS codes
    FROM draft LEFT JOIN taken USING (climb_id)
    WHERE draft.beside_message AND draft.run_on > coalesce(taken.counts_on, '-infinity')
        AND NOT (draft.state = 'dropped' AND draft.decided_by_id IS NULL)
    GROUP BY draft.climb_id
),
unsettled AS (
    SELECT DISTINCT draft.climb_id
    FROM draft JOIN reminder_draft_invoice AS line ON line.draft_id = draft.id JOIN invoice ON invoice.id = line.invoice_id
    WHERE invoice.open_amount > 0 AND invoice.due_on < %(day)s
),
waiting AS MATERIALIZED (
    SELECT customer_id, id, step_code, level, subject <> '' AS is_edited FROM reminder_draft
    WHERE company_id = %(company)s AND state IN ('proposed', 'held_back') AND channel = ANY(%(messages)s::text[])
        AND (%(customers)s::bigint[] IS NULL OR customer_id = ANY(%(customers)s::bigint[]))
),
-- What a reminder said would happen, while its day is to come: till then nothing graver is done.
announced AS MATERIALIZED (
    SELECT a.customer_id, max(a.falls_on) AS falls_on
    FROM announcement AS a JOIN reminder_draft AS d ON d.id = a.draft_id
    WHERE a.company_id = %(company)s AND a.ended_at IS NULL AND a.falls_on > %(day)s AND d.state IN ('approved', 'done')
    GROUP BY a.customer_id
),
-- Joined as a set: looked up for each invoice, with loops switched off, all drafts would be read each time.
asked_before AS MATERIALIZED (
    SELECT line.invoice_id, string_agg(d.step_code, ' ') AS codes
    FROM reminder_draft AS d JOIN reminder_draft_invoice AS line ON line.draft_id = d.id
    WHERE d.company_id = %(company)s AND d.level = 0
        AND (d.state IN ('approved', 'done') OR d.channel <> ALL(%(messages)s::text[]) OR d.decided_by_id IS NOT NULL)
        AND (%(customers)s::bigint[] IS NULL OR d.customer_id = ANY(%(customers)s::bigint[]))
    GROUP BY line.invoice_id
),
falling AS (
    SELECT invoice.customer_id, array_agg(invoice.id ORDER BY invoice.id) AS invoices,
        array_agg(invoice.due_on ORDER BY invoice.id) AS due, array_agg(invoice.currency::text ORDER BY invoice.id) AS currencies,
        array_agg(invoice.open_amount ORDER BY invoice.id) AS amounts,
        array_agg(coalesce(asked_before.codes, '') ORDER BY invoice.id) AS asked
    FROM invoice
    JOIN customer_assignment AS place ON place.customer_id = invoice.customer_id
    JOIN segment ON segment.id = place.segment_id AND segment.code = ANY(%(before_segments)s::text[])
    LEFT JOIN asked_before ON asked_before.invoice_id = invoice.id
    WHERE invoice.company_id = %(company)s AND invoice.open_amount > 0 AND invoice.kind <> 'credit_note'
        AND invoice.due_on BETWEEN %(day)s AND %(day)s::date + %(before_days)s AND invoice.posted_on <= %(day)s
        AND (%(customers)s::bigint[] IS NULL OR invoice.customer_id = ANY(%(customers)s::bigint[]))
        AND NOT EXISTS (SELECT FROM owed WHERE owed.customer_id = invoice.customer_id)
        AND NOT EXISTS (SELECT FROM dispute WHERE dispute.invoice_id = invoice.id AND dispute.closed_at IS NULL)
        AND NOT EXISTS (SELECT FROM promised_invoice AS p WHERE p.invoice_id = invoice.id AND p.is_running)
    GROUP BY invoice.customer_id
),
asked AS (
    SELECT customer_id FROM owed UNION SELECT customer_id FROM climbing UNION SELECT customer_id FROM waiting
    UNION SELECT customer_id FROM falling
)
SELECT customer.id AS customer_id, coalesce(segment.code, '') AS segment_code,
    owed.currencies, owed.oldest, owed.amounts,
    falling.invoices, falling.due, falling.currencies AS falling_currencies, falling.amounts AS falling_amounts, falling.asked,
    climbing.id AS climb_id, climbing.id IS NOT NULL AND unsettled.climb_id IS NULL AS is_over,
    taken.step_code, taken.level, taken.nominal_days, taken.counts_on, coalesce(proposed.codes, '') AS proposed,
    coalesce(turned_away.codes, '') AS turned_away, unsent.approved_on AS unsent_since, unsent.state AS unsent_state,
    unsent.why AS unsent_why,
    waiting.id AS draft_id, waiting.step_code AS draft_step, waiting.is_edited,
    CASE WHEN habit.settled_count >= %(habit_count_min)s THEN habit.median_days_late END AS usual_days,
    (SELECT max(put_off_until) FROM reminder_draft AS d WHERE d.customer_id = customer.id AND d.put_off_until > %(day)s)
        AS put_off_until,
    announced.falls_on AS announced_on, unposted.since AS unposted_since,
    greatest(
        (
            SELECT max((log.at AT TIME ZONE %(zone)s)::date) FROM contact_log AS log
            WHERE log.customer_id = customer.id AND log.withdrawn_at IS NULL AND log.outcome <> ALL(%(silent)s::text[])
                AND log.at < ((%(day)s::date + 1)::timestamp AT TIME ZONE %(zone)s)
        ),
        (
            SELECT max(
                (
                    CASE WHEN d.channel = ANY(%(messages)s::text[]) THEN coalesce(d.posted_at, d.left_at) ELSE d.decided_at END
                    AT TIME ZONE %(zone)s
                )::date
            )
            FROM reminder_draft AS d
            WHERE d.customer_id = customer.id AND d.state IN ('approved', 'done')
        ),
        wrote.went_on
    ) AS last_contact_on
FROM asked
JOIN customer ON customer.id = asked.customer_id AND customer.is_active
LEFT JOIN owed ON owed.customer_id = customer.id
LEFT JOIN falling ON falling.customer_id = customer.id
LEFT JOIN climbing ON climbing.customer_id = customer.id
LEFT JOIN unsettled ON unsettled.climb_id = climbing.id
LEFT JOIN taken ON taken.climb_id = climbing.id
LEFT JOIN unposted ON unposted.climb_id = climbing.id
LEFT JOIN unsent ON unsent.customer_id = customer.id
LEFT JOIN wrote ON wrote.customer_id = customer.id
LEFT JOIN turned_away ON turned_away.climb_id = climbing.id
LEFT JOIN proposed ON proposed.climb_id = climbing.id
LEFT JOIN waiting ON waiting.customer_id = customer.id
LEFT JOIN announced ON announced.customer_id = customer.id
LEFT JOIN pay_habit AS habit ON habit.customer_id = customer.id
LEFT JOIN customer_assignment AS place ON place.customer_id = customer.id
LEFT JOIN segment ON segment.id = place.segment_id
ORDER BY customer.id
