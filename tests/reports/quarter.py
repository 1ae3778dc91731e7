"""A first quarter whose figures the trade's books work with: 3,390, 3,610 and 3,890 sold, 6,340 owed at
its end.
"""

import datetime as dt

END = dt.date(2026, 3, 31)

# Owed at the ends of December to March: 3,500, 6,200, 6,000 and 6,340. Of 3,550 cleared in March 200 were
# credits.
QUARTER = """
customer 100 "Harrow Tools"
invoice 100 DEC 3500.00 issued=2025-12-01 due=2025-12-25
invoice 100 JAN1 900.00 issued=2026-01-05 due=2026-01-20
invoice 100 JAN2 2490.00 issued=2026-01-12 due=2026-02-11
invoice 100 FEB1 1800.00 issued=2026-02-02 due=2026-02-20
invoice 100 FEB2 1810.00 issued=2026-02-09 due=2026-03-11
invoice 100 MAR1 3590.00 issued=2026-03-16 due=2026-04-15
invoice 100 MAR2 300.00 issued=2026-03-02 due=2026-03-30
receipt 100 P1 690.00 on=2026-01-20
allocation P1 DEC 690.00 on=2026-01-20
receipt 100 P2 3810.00 on=2026-02-16
allocation P2 DEC 2760.00 on=2026-02-16
allocation P2 JAN2 1050.00 on=2026-02-16
receipt 100 P3 3350.00 on=2026-03-12
allocation P3 JAN2 1440.00 on=2026-03-12
allocation P3 FEB2 1810.00 on=2026-03-12
allocation P3 MAR2 100.00 on=2026-03-12
credit_note 100 C1 200.00 on=2026-03-20
allocation C1 MAR2 200.00 on=2026-03-20
"""
