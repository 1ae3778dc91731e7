-- What all disputes of a company are told apart by, before and after any change. Parameters: company (id). Rows: one.
SELECT count(*) AS number, coalesce(sum(version), 0) AS versions FROM dispute WHERE company_id = %(company)s
