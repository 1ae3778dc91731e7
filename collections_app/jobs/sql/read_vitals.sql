-- What of the work in the background waits, since when, and how the newest night of each company went: a line for
-- each figure, read from the tables that are the queues.
-- Parameters: now: a moment; missed: states of a stage that did not get done; lost_before: what runs since then was
-- killed. Indexes: message_by_state, the partial ones of what is due, stage_run by company and day, stage_part by division.
-- Rows: some dozens a company; seconds is since when the oldest waits, or how long a stage took.
WITH newest AS (
    SELECT company.id, company.code, night.day
      FROM company
      LEFT JOIN LATERAL (
            SELECT max(day) AS day FROM stage_run WHERE stage_run.company_id = company.id
           ) AS night ON true
)
SELECT 'messages' AS measure, company.code AS company, state.name AS part, found.many AS number,
       coalesce(extract(epoch FROM %(now)s::timestamptz - found.oldest), 0)::float8 AS seconds
  FROM company
 CROSS JOIN unnest(ARRAY['queued', 'sending', 'uncertain', 'failed', 'held_back']) AS state (name)
 CROSS JOIN LATERAL (
        -- One that was put off, until office hours say, waits from the moment on at which it may leave.
        SELECT count(*) AS many,
               min(greatest(message.changed_at, message.next_attempt_at)) FILTER (
                   WHERE message.next_attempt_at IS NULL OR message.next_attempt_at <= %(now)s
               ) AS oldest
          FROM message
         WHERE message.company_id = company.id AND message.state = state.name
       ) AS found
 UNION ALL
SELECT 'stages', newest.code, run.stage || ':' || run.state, run.rows, run.seconds::float8
  FROM newest
  JOIN stage_run AS run ON run.company_id = newest.id AND run.day = newest.day
 UNION ALL
SELECT 'nights', newest.code, '', count(*) FILTER (
           WHERE run.state = ANY (%(missed)s) OR (run.state = 'running' AND run.started_at <= %(lost_before)s)
       ),
       coalesce(extract(epoch FROM %(now)s::timestamptz - max(run.ended_at)), -1)::float8
  FROM newest
  LEFT JOIN stage_run AS run ON run.company_id = newest.id AND run.day = newest.day
 GROUP BY newest.code
 UNION ALL
SELECT 'parts', company.code, division.stage || ':' || part.state, count(*),
       extract(epoch FROM %(now)s::timestamptz - division.at)::float8
  FROM stage_division AS division
  JOIN stage_part AS part ON part.division_id = division.id
  JOIN company ON company.id = division.company_id
 WHERE division.ended_at IS NULL
 GROUP BY company.code, division.id, part.state
 UNION ALL
SELECT 'imports', company.code, batch.state, count(*),
       extract(epoch FROM %(now)s::timestamptz - min(batch.received_at))::float8
  FROM import_batch AS batch
  JOIN company ON company.id = batch.company_id
 WHERE batch.state IN ('received', 'checking', 'applying')
 GROUP BY company.code, batch.state
 UNION ALL
SELECT 'webhooks', '', delivery.state, count(*),
       extract(epoch FROM %(now)s::timestamptz - min(delivery.occurred_at))::float8
  FROM webhook_delivery AS delivery
 WHERE delivery.state = 'waiting'
 GROUP BY delivery.state
 UNION ALL
SELECT 'unsealed', '', '', count(*), 0 FROM activity_unsealed
 ORDER BY 1, 2, 3
