-- How many customers wait on the chase list for a collector. Every page asks, so it is a statement and no queryset.
-- Parameters: company, collector (ids).
-- Relies on entry_in_order_by_collector. Rows: one.
SELECT count(*) AS waiting
FROM chase_entry
WHERE company_id = %(company)s AND collector_id = %(collector)s AND left_out = ''
