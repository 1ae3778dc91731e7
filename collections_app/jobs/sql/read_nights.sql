-- How the newest nights of each company went: a line a night, its stages counted.
-- Parameters: most: nights a company; missed: states of a stage that did not get done; lost_before: what runs since
-- then was killed. Index: stage_run by company and day, read backwards. Rows: most for each company.
SELECT company.code, company.name, night.day, night.stages, night.missed, night.running, night.rows, night.seconds,
       night.started_at, night.ended_at
  FROM company
 CROSS JOIN LATERAL (
        SELECT run.day, count(*) AS stages,
               count(*) FILTER (
                   WHERE run.state = ANY (%(missed)s)
                      OR (run.state = 'running' AND run.started_at <= %(lost_before)s)
               ) AS missed,
               count(*) FILTER (WHERE run.state = 'running' AND run.started_at > %(lost_before)s) AS running,
               sum(run.rows)::bigint AS rows, sum(run.seconds) AS seconds,
               min(run.started_at) AS started_at, max(run.ended_at) AS ended_at
          FROM stage_run AS run
         WHERE run.company_id = company.id
         GROUP BY run.day
         ORDER BY run.day DESC
         LIMIT %(most)s
       ) AS night
 ORDER BY company.name, night.day DESC
