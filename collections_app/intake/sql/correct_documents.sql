-- Gives corrected documents their new values. What is open follows from the allocations afterwards; until then it is
-- kept within the amount. Parameters: as_of (a day, for what a smaller amount settles).
UPDATE invoice
SET amount = d.amount,
    due_on = d.due_on,
    reference = CASE WHEN d.reference = '' THEN invoice.reference ELSE d.reference END,
    terms = CASE WHEN d.terms = '' THEN invoice.terms ELSE d.terms END,
    open_amount = least(greatest(invoice.open_amount + d.amount - invoice.amount, 0), d.amount),
    settled_on = CASE WHEN least(greatest(invoice.open_amount + d.amount - invoice.amount, 0), d.amount) = 0
                      THEN coalesce(invoice.settled_on, %(as_of)s) END
FROM arriving_document d
WHERE invoice.id = d.known_id AND (d.known_amount <> d.amount OR d.known_due IS DISTINCT FROM d.due_on OR d.is_reworded)
