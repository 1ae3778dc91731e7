"""Ground: money, dates and working days, refusals, transitions, the SQL runner. No word of the trade."""
