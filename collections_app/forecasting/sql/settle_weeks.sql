-- Part of compare_forecasts: the weeks of frozen forecasts that have ended, and what came: the money set
-- against invoices that were open and known then, and what credit notes and write-offs took off them. What was known when it was
-- frozen is not counted again, whatever day it is of; what was recorded later for an earlier day counts on the first day. A week
-- stays open to correction.
-- Parameters: company (id), day (weeks that ended before it), corrected_days (days after the end of a week).
-- Indexes: allocation_by_day. Rows: the ended weeks of the last thirteen forecasts, about five each, and what moved since.
WITH ended AS MATERIALIZED (
    SELECT week.id, f.id AS forecast_id, f.day, f.made_at, week.currency, week.place, week.starts_on, week.ends_on
    FROM forecast AS f JOIN forecast_week AS week ON week.forecast_id = f.id
    WHERE f.company_id = %(company)s AND f.is_frozen AND week.ends_on < %(day)s
        AND (week.came IS NULL OR week.ends_on >= %(day)s::date - %(corrected_days)s)
),
moved AS MATERIALIZED (
    SELECT i.id AS invoice_id, i.customer_id, a.posted_on, a.recorded_at, i.posted_on AS invoice_on, i.recorded_at AS invoice_at, i.currency,
        coalesce(sum(a.effect) FILTER (WHERE a.credit_note_id IS NULL AND a.basis <> 'write_off'), 0) AS came,
        coalesce(sum(a.effect) FILTER (WHERE a.credit_note_id IS NOT NULL OR a.basis = 'write_off'), 0) AS credited
    FROM allocation AS a JOIN invoice AS i ON i.id = a.invoice_id
    WHERE a.company_id = %(company)s AND a.recorded_at > (SELECT min(made_at) FROM ended)
        AND a.posted_on < %(day)s AND i.kind <> 'credit_note'
    GROUP BY i.id, a.posted_on, a.recorded_at
)
, settling AS (
    SELECT ended.id, ended.forecast_id, ended.place, ended.currency, moved.customer_id, moved.invoice_id, came, credited
    FROM ended JOIN moved ON moved.currency = ended.currency AND moved.recorded_at > ended.made_at
        AND moved.invoice_on <= ended.day AND moved.invoice_at <= ended.made_at
        AND greatest(moved.posted_on, ended.day) BETWEEN ended.starts_on AND ended.ends_on
)
