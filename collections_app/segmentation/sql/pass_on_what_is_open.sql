-- Gives what is open with one person for the customers of a hand-over to another: our commitments and disputes, with the event of
-- each. A form that saw one before is told that it changed.
-- Parameters: company, hand_over, was, becomes, by (ids; by may be NULL), commitments, disputes (ids, or NULL for all), summary, at.
-- Relies on commitment_open_by_owner, and dispute by owner. Rows: one, with the ids of what passed.
WITH theirs AS (
    SELECT customer_id FROM handed_customer WHERE hand_over_id = %(hand_over)s
),
passed_commitment AS (
    UPDATE commitment SET owner_id = %(becomes)s, version = version + 1
    WHERE company_id = %(company)s AND owner_id = %(was)s AND state = 'open' AND customer_id IN (SELECT customer_id FROM theirs)
        AND (%(commitments)s::bigint[] IS NULL OR id = ANY(%(commitments)s::bigint[]))
    RETURNING id, customer_id, version, kind
),
passed_dispute AS (
    UPDATE dispute SET owner_id = %(becomes)s, version = version + 1, form_key = NULL
    WHERE company_id = %(company)s AND owner_id = %(was)s AND closed_at IS NULL AND customer_id IN (SELECT customer_id FROM theirs)
        AND (%(disputes)s::bigint[] IS NULL OR id = ANY(%(disputes)s::bigint[]))
    RETURNING id, customer_id, version, invoice_id, reason
),
told AS (
    INSERT INTO activity_event (company_id, customer_id, by_id, at, what, summary, facts)
    SELECT %(company)s, customer_id, %(by)s::bigint, %(at)s, 'commitment.handed_over', %(summary)s, jsonb_build_object(
        'commitment', id, 'version', version, 'kind', kind, 'was', %(was)s, 'to', %(becomes)s, 'hand_over', %(hand_over)s)
    FROM passed_commitment
    UNION ALL
    SELECT %(company)s, customer_id, %(by)s::bigint, %(at)s, 'dispute.assigned', %(summary)s, jsonb_build_object(
        'dispute', id, 'version', version, 'invoice', invoice_id, 'reason', reason, 'owner', %(becomes)s, 'hand_over', %(hand_over)s)
    FROM passed_dispute
)
SELECT
    coalesce((SELECT jsonb_agg(id ORDER BY id) FROM passed_commitment), '[]') AS commitments,
    coalesce((SELECT jsonb_agg(id ORDER BY id) FROM passed_dispute), '[]') AS disputes
