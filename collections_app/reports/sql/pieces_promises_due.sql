-- What customers have promised and not paid yet, by the day on which it is due: instalments that run, less what came for them;
-- what is late and still in its grace is of the first day. Parameters: company, customers (ids, an array; NULL for all), first,
-- last (days, both included). Relies on promise_running_by_customer. Rows: one an instalment.
WITH piece AS (
    SELECT promise.id, '' AS number, promise.customer_id, promise.currency, instalment.due_on AS on_day,
        promise.said_by AS about, greatest(instalment.amount - instalment.paid_amount, 0) AS amount
    FROM promise JOIN promise_instalment AS instalment ON instalment.promise_id = promise.id
    WHERE promise.company_id = %(company)s AND promise.state = 'running' AND instalment.state = 'running'
        AND (%(first)s::date IS NULL OR instalment.due_on >= %(first)s::date) AND instalment.due_on <= %(last)s
        AND (%(customers)s::bigint[] IS NULL OR promise.customer_id = ANY(%(customers)s::bigint[]))
)
