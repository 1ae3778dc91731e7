-- Writes down what came of an attempt, and tells it, in one statement; no row when somebody has decided otherwise
-- since: only over the attempt that it is of, while it is leaving or given up.
-- Parameters: message and attempt (numbers), state, at, answer, sent_at and again_at (moments or NULL), what, summary
-- and facts of the event; without what nothing is told. Finds its one row by its key.
WITH settled AS (
    UPDATE message SET
        state = %(state)s,
        changed_at = %(at)s,
        last_answer = %(answer)s,
        sent_at = %(sent_at)s,
        next_attempt_at = %(again_at)s
    WHERE id = %(message)s AND attempts = %(attempt)s AND state IN ('sending', 'uncertain')
    RETURNING company_id, customer_id
),

told AS (
    INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
    SELECT settled.company_id, settled.customer_id, NULL, %(at)s, %(what)s::text, %(summary)s::text, %(facts)s::jsonb
    FROM settled
    WHERE %(what)s::text <> ''
)

SELECT count(*) AS settled FROM settled
