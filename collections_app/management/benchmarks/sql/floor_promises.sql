-- The floor of the charts of promises, those that are due and those that fell due: what was promised by state, by hand.
-- Parameters: company (id), currency.
-- Rows: one a state.
SELECT state, count(*) AS promises, sum(amount) AS amount FROM promise
WHERE company_id = %(company)s AND currency = %(currency)s
GROUP BY state
