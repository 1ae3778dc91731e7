-- Everything that carries a mark: how often it is there, and whether each has all of its parts, its event among them. It goes on
-- in count_marked.
-- Parameters: mark (the pattern of a mark), drafts (ids of reminders that were approved), payments (how many a file has).
-- Rows: one a mark.
WITH logged AS (
    SELECT
        substring(log.said FROM %(mark)s) AS mark,
        'conversation' AS kind,
        log.next_on IS NOT NULL
        AND (SELECT count(*) FROM activity_event AS e
            WHERE e.customer_id = log.customer_id AND e.what = 'contact.logged'
                AND e.facts @> jsonb_build_object('contact_log', log.id)) = 1
        AND (SELECT count(*) FROM promise AS p
            WHERE p.contact_log_id = log.id
                AND p.amount = (SELECT sum(line.amount) FROM promised_invoice AS line WHERE line.promise_id = p.id)
                AND EXISTS (SELECT 1 FROM promise_instalment AS part WHERE part.promise_id = p.id)
                AND EXISTS (SELECT 1 FROM activity_event AS e
                    WHERE e.customer_id = log.customer_id AND e.what = 'promise.recorded'
                        AND e.facts @> jsonb_build_object('promise', p.id))
        ) = (log.outcome = 'promised')::integer
        AND (SELECT count(*) FROM dispute AS d
            WHERE d.contact_log_id = log.id
                AND EXISTS (SELECT 1 FROM activity_event AS e
                    WHERE e.customer_id = log.customer_id AND e.what = 'dispute.lodged'
                        AND e.facts @> jsonb_build_object('dispute', d.id))
        ) = (log.outcome = 'disputes')::integer AS is_whole
    FROM contact_log AS log
    WHERE log.said ~ %(mark)s
),
snoozed AS (
    SELECT
        substring(s.reason FROM %(mark)s) AS mark, 'snooze' AS kind,
        EXISTS (SELECT 1 FROM activity_event AS e
            WHERE e.customer_id = s.customer_id AND e.what = 'entry.snoozed' AND e.summary LIKE '%%' || s.reason) AS is_whole
    FROM chase_snooze AS s
    WHERE s.reason ~ %(mark)s
),
asked AS (
    SELECT
        substring(r.words FROM %(mark)s) AS mark, 'request' AS kind,
        EXISTS (SELECT 1 FROM activity_event AS e
            WHERE e.customer_id = r.customer_id AND e.what = 'request.asked' AND e.facts @> jsonb_build_object('request', r.id))
        AND (SELECT count(*) FROM message AS m
            WHERE m.customer_id = r.customer_id AND m.kind = 'request' AND position(substring(r.words FROM %(mark)s) IN m.body) > 0
        ) = 1 AS is_whole
    FROM colleague_request AS r
    WHERE r.words ~ %(mark)s
),
