"""How an expected day of payment comes about. Pure; everything is counted, nothing is trained.

Of the invoices that were still open as a day began (so and so many days after their due date), some were
paid on it: that share is the chance of the day for an invoice that got so far (``delays``). A customer's own
shares are mixed with those of its segment, and these with those of the company, the more the fewer invoices
of its own there are. The chance of a calendar day is that of its distance from the due date, weighed by the
weekday and day of the month on which the customer pays (``pay_days``), and an invoice open today begins today
(``chances``). A promise weighs as much as this customer's word is worth (``promised``). Invoices are spread
over weeks to the penny and weeks get bands (``weeks``); ``sentences`` says why; ``trials`` tells how good it
was on invoices of the past.
"""
