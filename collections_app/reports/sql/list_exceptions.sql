-- What was let off the rules of a company: rules of holds set aside, orders released, everything of a customer put on hold by hand,
-- reminders blocked, interest waived or not asked, amounts written off; who asked, who decided, until when, how much.
-- Parameters: company (id), kind ('' for all), standing ('in_force', 'ended', 'done' for what is once for all, '' for all), person
-- (an id who asked or decided, or NULL), currency ('' for all, 'none' for what has none), begins_at, ends_at (moments within which it was granted; NULL for any), today, limit (NULL
-- for all), skip. Reads some thousand rows a company, by company. Rows: a page, the newest first, with the totals of all of it.
WITH granted AS (
    SELECT 'exclusion' AS kind, id, customer_id, code, '' AS about, reason, made_by_id AS asked_by_id, made_by_id AS decided_by_id,
        made_at AS granted_at, until, ended_at, ended_by_id, amount_max AS amount, currency,
        CASE WHEN ended_at IS NULL AND until >= %(today)s THEN 'in_force' ELSE 'ended' END AS standing
    FROM hold_exclusion WHERE company_id = %(company)s
    UNION ALL
    SELECT 'release', asked.order_id, asked.customer_id, '', ordered.number, asked.reason, asked.asked_by_id, asked.decided_by_id,
        asked.decided_at, asked.until, asked.ended_at, NULL, asked.amount, asked.currency,
        CASE WHEN asked.state = 'granted' THEN 'in_force' ELSE 'ended' END
    FROM order_release AS asked JOIN customer_order AS ordered ON ordered.id = asked.order_id
    WHERE asked.company_id = %(company)s AND asked.state IN ('granted', 'ended')
    UNION ALL
    SELECT 'forced', id, customer_id, '', '', reason, placed_by_id, placed_by_id, placed_at, NULL, ended_at, ended_by_id, NULL, '',
        CASE WHEN ended_at IS NULL THEN 'in_force' ELSE 'ended' END
    FROM forced_hold WHERE company_id = %(company)s
    UNION ALL
    SELECT 'block', block.id, block.customer_id, block.reason, coalesce(invoice.number, ''), block.words, block.placed_by_id,
        block.placed_by_id, block.placed_at, block.until, block.ended_at, block.lifted_by_id, NULL, '',
        CASE WHEN block.state = 'standing' AND block.until >= %(today)s THEN 'in_force' ELSE 'ended' END
    FROM dunning_block AS block LEFT JOIN invoice ON invoice.id = block.invoice_id
    WHERE block.company_id = %(company)s
    UNION ALL
    SELECT 'waived', charge.id, charge.customer_id, '', invoice.number, charge.because, charge.proposed_by_id, charge.decided_by_id,
        charge.decided_at, NULL, NULL, NULL, charge.amount, charge.currency, 'done'
    FROM interest_charge AS charge JOIN invoice ON invoice.id = charge.invoice_id
    WHERE charge.company_id = %(company)s AND charge.state IN ('waived', 'credited')
    UNION ALL
    SELECT 'exempt', exempt.id, exempt.customer_id, exempt.kind, '', exempt.words, exempt.made_by_id, exempt.made_by_id, exempt.made_at,
        NULL, NULL, NULL, NULL, '', 'in_force'
    FROM interest_exemption AS exempt JOIN customer ON customer.id = exempt.customer_id
    WHERE customer.company_id = %(company)s
    UNION ALL
    SELECT 'write_off', id, customer_id, '', reason_label, words, proposed_by_id, decided_by_id, decided_at, NULL, taken_back_at,
        taken_back_by_id, amount, currency, CASE WHEN state = 'approved' THEN 'done' ELSE 'ended' END
    FROM write_off WHERE company_id = %(company)s AND state IN ('approved', 'taken_back')
),
wanted AS (
    SELECT * FROM granted
    WHERE %(kind)s IN ('', kind) AND %(currency)s IN ('', coalesce(nullif(currency, ''), 'none')) AND %(standing)s IN ('', standing)
        AND (%(person)s::bigint IS NULL OR %(person)s::bigint IN (asked_by_id, decided_by_id))
        AND (%(begins_at)s::timestamptz IS NULL OR granted_at >= %(begins_at)s::timestamptz)
        AND (%(ends_at)s::timestamptz IS NULL OR granted_at < %(ends_at)s::timestamptz)
),
totals AS (
    SELECT jsonb_agg(jsonb_build_array(kind, currency, number, amount::text) ORDER BY kind, currency) AS totals
    FROM (SELECT kind, currency, count(*) AS number, sum(amount) AS amount FROM wanted GROUP BY kind, currency) AS summed
)
SELECT wanted.*, customer.number, customer.name, asker.full_name AS asked_by, decider.full_name AS decided_by,
    ender.full_name AS ended_by, totals.totals
FROM wanted
CROSS JOIN totals
JOIN customer ON customer.id = wanted.customer_id
LEFT JOIN app_user AS asker ON asker.id = wanted.asked_by_id
LEFT JOIN app_user AS decider ON decider.id = wanted.decided_by_id
LEFT JOIN app_user AS ender ON ender.id = wanted.ended_by_id
ORDER BY wanted.granted_at DESC, wanted.kind, wanted.id DESC
LIMIT %(limit)s OFFSET %(skip)s
