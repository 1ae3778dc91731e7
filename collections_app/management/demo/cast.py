"""The customers of the demo that have a name and a story. Tests and tours count on them; chance does not
touch them.

Figures are in the customer's currency and hold on the day the demo was seeded.
"""

from dataclasses import dataclass

from collections_app.management.demo.staff import DE, UK, US


@dataclass(frozen=True, slots=True)
class Member:
    """One customer of the cast: who they are, and in ``shows`` what they are there for."""

    company: str
    number: str
    name: str
    shows: str
    collector: str = "priya"
    currency: str = "GBP"
    country: str = "GB"
    language: str = "en"
    time_zone: str = "Europe/London"
    terms: str = "30"
    classification: str = ""
    credit_limit: int | None = None
    insurer_report_days: int | None = None
    second_currency: str = ""
    parent: str = ""
    contact: tuple[str, str] = ("", "")
    phone: str = ""
    hours: str = ""
    remarks: str = ""


BRANDT = Member(
    UK, "90001", "Brandt GmbH",
    "The key account of every day: 48,200 overdue of which 11,300 is disputed, a promise for 22,150 was "
    "not kept, and a call-back is agreed for 10:15. To collect is 36,900. Usually pays on the 15th, 12 days "
    "late.",
    country="DE", language="de", time_zone="Europe/Berlin", classification="key", credit_limit=60_000,
    contact=("Katharina Vogel", "accounts payable"), phone="+49 40 66969 114", hours="08:00-17:00",
    remarks="asks for copies by email",
)  # fmt: skip
HARROW_TOOLS = Member(
    UK, "90002", "Harrow Tools Ltd", "Part of a group; a call-back is agreed for 11:00.",
    parent="90003", credit_limit=25_000, contact=("Joan Fofana", "purchase ledger"), phone="+44 113 496 0182",
)  # fmt: skip
HARROW_HOLDINGS = Member(
    UK, "90003", "Harrow Holdings plc", "The parent of Harrow Tools; pays on the day.",
    credit_limit=40_000, contact=("Miles Rowe", "group treasurer"), phone="+44 113 496 0183",
)  # fmt: skip
TARNSTEAD = Member(
    UK, "90004", "Tarnstead Joinery Ltd",
    "The late-but-sure: always three weeks late, always on a Friday. 16 days overdue now, "
    "so nobody need call yet.", contact=("Peter Lowe", "owner"), phone="+44 113 496 0204",
)  # fmt: skip
KESTERBY = Member(
    UK, "90005", "Kesterby Interiors Ltd", "The promise breaker: three promises in eight weeks, "
    "none of them kept.",
    collector="tom", contact=("Imogen Tully", "office manager"), phone="+44 113 496 0215",
    credit_limit=15_000,
)  # fmt: skip
VENBURN = Member(
    UK, "90006", "Venburn Hotels plc", "The disputer: all that is overdue is disputed, "
    "so there is nothing to ask for.",
    collector="tom", contact=("Sadia Khan", "accounts payable"), phone="+44 113 496 0226",
)  # fmt: skip
YARCOMBE = Member(
    UK, "90007", "Yarcombe Dental LLP",
    "All that is overdue is promised for a day that has not come, in two instalments.",
    contact=("Ruth Price", "practice manager"), phone="+44 113 496 0237",
)  # fmt: skip
ROSHOLT = Member(
    UK, "90008", "Rosholt Bakery Ltd",
    "Paid more than is overdue, without saying what for: the unallocated cash covers it, "
    "so a call would be wrong.", contact=("Una Baxter", "bookkeeper"), phone="+44 113 496 0248",
)  # fmt: skip
WEXDALE = Member(
    UK, "90009", "Wexdale Motors Ltd", "The bouncer: two direct debits were returned; one was paid again, "
    "one was not.", collector="tom", contact=("Harry Ward", "director"), phone="+44 113 496 0259",
)  # fmt: skip
PELWORTH = Member(
    UK, "90010", "Pelworth Logistics plc", "The giant: 4,000 invoices in two years, paid in weekly runs.",
    classification="key", credit_limit=250_000, contact=("Esther Mensah", "accounts payable"),
    phone="+44 113 496 0260", hours="09:00-12:00",
)  # fmt: skip
INGMERE = Member(
    UK, "90011", "Ingmere Schools Trust", "Snoozed by its collector, with a reason, "
    "until after the school holiday.",
    classification="public sector", contact=("Olive Singh", "finance office"), phone="+44 113 496 0271",
)  # fmt: skip
FENNMERE = Member(
    UK, "90012", "Fennmere Borough Council",
    "Nothing is paid without an order number: one invoice waits for it.",
    collector="tom", classification="public sector", contact=("Theo Evans", "payments"),
    phone="+44 113 496 0282",
)  # fmt: skip
DUNHOLT = Member(
    UK, "90013", "Dunholt Garden Centre", "Owes 84.60: small, and still owed.",
    collector="tom", contact=("Kemi Cole", "owner"), phone="+44 113 496 0293",
)  # fmt: skip
ZELFORD = Member(
    UK, "90014", "Zelford Studio Ltd", "New: its very first invoice fell overdue four days ago.",
    terms="14", contact=("Maya Abara", "founder"), phone="+44 113 496 0304",
)  # fmt: skip
CORRIDGE = Member(
    UK, "90015", "Corridge Fabrication Ltd",
    "Gone quiet for ten weeks, insured, near its limit: the insurer must be told 60 days after the due date, "
    "in 8 days.", classification="watch", credit_limit=18_000, insurer_report_days=60,
    contact=("Noah Gill", "director"), phone="+44 113 496 0315",
)  # fmt: skip
ALMAHA = Member(
    UK, "90016", "Almaha Marine Supply WLL", "Owes in dinars, which have a thousand to the unit.",
    currency="KWD", country="KW", time_zone="Asia/Kuwait", collector="tom",
    contact=("Farid Iqbal", "accounts"), phone="+44 113 496 0326",
)  # fmt: skip
OSEI = Member(
    UK, "90017", "Osei Catering Ltd", "Asked for a copy of one invoice of 4,200.00; it was sent, "
    "and sleeps for three days.", contact=("Joseph Osei", "owner"), phone="+44 113 496 0337",
)  # fmt: skip
MARWICK = Member(
    UK, "90018", "Marwick & Daughters Ltd", "Owes nothing: everything was paid on time.",
    contact=("Grace Marwick", "director"), phone="+44 113 496 0348",
)  # fmt: skip
LORCOTE = Member(
    UK, "90019", "Lorcote Lighting Ltd",
    "Nobody in the accounts system looks after it; a portfolio says who does.",
    collector="", contact=("David Hughes", "accounts"), phone="+44 113 496 0359",
)  # fmt: skip
CALDBY = Member(
    UK, "90020", "Caldby Print Ltd", "An open credit note is larger than what is overdue.",
    collector="tom", contact=("Chloe Jarvis", "studio manager"), phone="+44 113 496 0360",
)  # fmt: skip
HALWORTH = Member(
    UK, "90021", "Halworth Textiles plc", "Slow and getting slower: 5 days late two years ago, "
    "40 days lately.",
    contact=("Liam Dawson", "finance manager"), phone="+44 113 496 0371", credit_limit=30_000,
)  # fmt: skip
BRINMERE = Member(
    UK, "90022", "Brinmere Yachts LLP",
    "Every kind of document: an invoice in three instalments, a debit note, a finance charge, "
    "a refunded credit note.", collector="tom", contact=("Amara North", "purser"), phone="+44 113 496 0382",
)  # fmt: skip
ASHMOOR = Member(
    UK, "90023", "Ashmoor Shopfitting Ltd",
    "Insolvent: two invoices are written off, and the write-off of a third waits for a decision.",
    collector="tom", contact=("Robin Hale", "liquidator"), phone="+44 113 496 0393",
)  # fmt: skip
KUEHNBRUECK = Member(
    DE, "0000790001", "Kühnbrück Maschinenbau AG", "Owes in euros and in Swiss francs: two figures, "
    "never one sum.",
    collector="jonas", currency="EUR", country="DE", language="de", time_zone="Europe/Berlin",
    second_currency="CHF",
    classification="key", credit_limit=120_000, contact=("Hanna Keller", "Buchhaltung"),
    phone="+49 40 66969 225",
)  # fmt: skip
FELDMOOR = Member(
    DE, "0000790002", "Feldmoor Medizintechnik GmbH", "Two boxes short: a small part is disputed, "
    "the rest is still asked for.",
    collector="jonas", currency="EUR", country="DE", language="de", time_zone="Europe/Berlin",
    contact=("Lukas Otte", "Einkauf"), phone="+49 40 66969 336",
)  # fmt: skip
HOSHIKAWA = Member(
    US, "C90001", "Hoshikawa Seiki KK", "Owes in yen, which have no smaller unit, "
    "and is at work while Boston sleeps.",
    collector="marisol", currency="JPY", country="JP", language="ja", time_zone="Asia/Tokyo",
    contact=("Aiko Hoshikawa", "treasurer"), phone="+1 617 555 0147",
)  # fmt: skip
MARROWSTONE = Member(
    US, "C90002", "Marrowstone Outfitters LLC", "Nothing is old, but what is owed is above the credit limit.",
    collector="marisol", currency="USD", country="US", time_zone="America/Los_Angeles", credit_limit=50_000,
    contact=("Gina Flores", "controller"), phone="+1 617 555 0158",
)  # fmt: skip

CAST = tuple(value for value in list(globals().values()) if isinstance(value, Member))
