-- How much needs a reader, by place of the rail. Every page asks, so it is one statement and no queryset each; what each
-- count means stands in the rooms it reads, and a test holds that both count the same.
-- Parameters: company, reader (ids), desk (name, or ''), today, sees_all (whether promises and messages of all customers are theirs
-- to see), decides (whether they may release orders), approves (whether they may approve write-offs).
-- Relies on entry_in_order_by_collector, promise_running_by_customer, dispute_open_by_due_day, request_open_by_user, message_by_state,
-- release_waiting, received_unread, reminder_draft_open, reminder_draft_open_by_cust, reminder_draft_to_post,
-- write_off_waiting, interest_charge_waiting. Approvals (reports, list_approvals) are what is counted beside them, and what has no place
-- of its own in the rail. Rows: one.
SELECT
    chase_list, promises, disputes, requests, outbox, inbox, reminders, holds, write_offs, imports,
    CASE WHEN %(approves)s THEN holds + write_offs + imports + elsewhere ELSE 0 END AS approvals
FROM (
    SELECT
        (
            SELECT count(*) FROM chase_entry
            WHERE company_id = %(company)s AND collector_id = %(reader)s AND left_out = ''
        ) AS chase_list,
        (
            SELECT count(*) FROM promise
            INNER JOIN promise_instalment AS instalment
                ON instalment.promise_id = promise.id AND instalment.promised_on = promise.promised_on
            WHERE promise.company_id = %(company)s AND promise.state = 'running' AND instalment.due_on <= %(today)s
                AND (%(sees_all)s OR EXISTS (
                    SELECT 1 FROM customer_assignment AS placed
                    WHERE placed.customer_id = promise.customer_id AND placed.collector_id = %(reader)s
                ))
        ) AS promises,
        (
            SELECT count(*) FROM dispute
            WHERE company_id = %(company)s AND closed_at IS NULL AND state = 'lodged'
                AND (owner_id = %(reader)s OR (owner_id IS NULL AND desk = %(desk)s AND %(desk)s <> ''))
                AND ((answered_at IS NULL AND told_at IS NULL AND answer_due_on <= %(today)s) OR resolve_due_on <= %(today)s)
        ) AS disputes,
        (
            SELECT count(*) FROM colleague_request
            WHERE company_id = %(company)s AND state = 'open'
                AND (to_user_id = %(reader)s OR risen_to_id = %(reader)s OR (to_desk = %(desk)s AND %(desk)s <> ''))
        ) AS requests,
        (
            SELECT count(*) FROM message
            WHERE company_id = %(company)s AND state IN ('uncertain', 'failed', 'held_back')
                AND (%(sees_all)s OR prepared_by_id = %(reader)s OR EXISTS (
                    SELECT 1 FROM customer_assignment AS placed
                    WHERE placed.customer_id = message.customer_id AND placed.collector_id = %(reader)s
                ))
        ) AS outbox,
        (
            SELECT count(*) FROM received_message
            WHERE company_id = %(company)s AND read_at IS NULL AND kind IN ('reply', 'bounce')
                AND (%(sees_all)s OR customer_id IS NULL OR EXISTS (
                    SELECT 1 FROM customer_assignment AS placed
                    WHERE placed.customer_id = received_message.customer_id AND placed.collector_id = %(reader)s
                ))
        ) AS inbox,
        (
            -- A collector's are looked up customer by customer, which takes as long however many others have.
            SELECT CASE WHEN %(sees_all)s THEN (
                SELECT count(*) FROM reminder_draft WHERE company_id = %(company)s AND state IN ('proposed', 'held_back')
            ) + (
                SELECT count(*) FROM reminder_draft WHERE company_id = %(company)s AND state = 'approved' AND channel = 'letter'
            ) ELSE (
                SELECT count(*)
                FROM customer_assignment AS placed CROSS JOIN LATERAL (
                    SELECT FROM reminder_draft
                    WHERE customer_id = placed.customer_id AND state IN ('proposed', 'held_back')
                        AND (channel IN ('email', 'letter') OR (channel <> 'hold_proposal' AND signer <> 'manager'))
                    OFFSET 0
                ) AS draft
                WHERE placed.company_id = %(company)s AND placed.collector_id = %(reader)s
            ) + (
                SELECT count(*)
                FROM reminder_draft AS draft JOIN customer_assignment AS placed ON placed.customer_id = draft.customer_id
                WHERE draft.company_id = %(company)s AND draft.state = 'approved' AND draft.channel = 'letter'
                    AND placed.collector_id = %(reader)s
            ) END
        ) AS reminders,
        (
            SELECT count(*)
            FROM order_release AS asked
            JOIN customer_order AS ordered ON ordered.id = asked.order_id
            JOIN customer ON customer.id = asked.customer_id
            WHERE %(decides)s AND asked.company_id = %(company)s AND asked.state = 'asked' AND asked.asked_by_id <> %(reader)s
                AND ordered.salesperson_id IS DISTINCT FROM %(reader)s AND customer.salesperson_id IS DISTINCT FROM %(reader)s
        ) AS holds,
        (
            SELECT count(*) FROM write_off
            WHERE %(approves)s AND company_id = %(company)s AND state = 'proposed' AND proposed_by_id <> %(reader)s
                AND NOT EXISTS (
                    SELECT 1 FROM write_off_approval AS given WHERE given.write_off_id = write_off.id AND given.by_id = %(reader)s
                )
                AND NOT EXISTS (
                    SELECT 1 FROM customer WHERE customer.id = write_off.customer_id AND customer.salesperson_id = %(reader)s
                )
        ) AS write_offs,
        (
            SELECT count(*) FROM interest_charge
            WHERE %(approves)s AND company_id = %(company)s AND state = 'proposed' AND proposed_by_id <> %(reader)s
        ) + (
            SELECT count(*) FROM reminder_draft
            WHERE %(approves)s AND company_id = %(company)s AND state IN ('proposed', 'held_back')
                AND (signer = 'manager' OR channel = 'hold_proposal')
        ) AS elsewhere,
        (SELECT count(*) FROM import_batch WHERE company_id = %(company)s AND state = 'checked') AS imports
) AS counted
