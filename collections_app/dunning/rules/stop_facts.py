"""What is looked at before a message to a customer leaves, and what its draft said. Plain values.

A draft remembers what it found when it was written; the facts say how things stand at the moment of sending.
What stops a message is the difference, or the moment itself.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.dunning.rules.decent_hours import Place
from collections_app.dunning.rules.steps import LEVEL_MAX
from collections_app.lib import money
from collections_app.lib.day_spans import Span
from collections_app.lib.working_days import Calendar

EMAIL, LETTER = "email", "letter"


@dataclass(frozen=True, slots=True)
class Asked:
    """An invoice as the draft asks for it: what was open, and what of it the draft says is disputed or
    promised.
    """

    invoice_id: int
    number: str
    currency: str
    open_amount: Decimal
    disputed: Decimal = money.ZERO
    promised: Decimal = money.ZERO
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What a letter asks for in one currency, less credits and cash that nobody has set against anything;
    what it says is set aside: disputed or promised; and the interest that it tells of.
    """

    asked: Decimal = money.ZERO
    aside: Decimal = money.ZERO
    interest: Decimal = money.ZERO


@dataclass(frozen=True, slots=True)
class Before:
    """What else was written to the customer, by level and channel: the ``last`` reminder that left, and one
    earlier on the same ladder that is ``waiting`` to leave. ``quiet_days`` is the least distance of this one
    from a contact; ``is_first_word`` is a final notice without a word of ours before it.
    """

    last: tuple[int, str] | None = None
    last_left_at: dt.datetime | None = None
    waiting: tuple[int, str] | None = None
    quiet_days: int = 0
    is_first_word: bool = False


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A message that is to leave: its level (0 to 5), channel (``email``, ``letter`` ...), what it asks for,
    where to, the day it was written on, and what was written before it; without an address it goes to whoever
    is written to first. ``said`` are the sums that its words name, by currency, and ``says_now`` those that
    they would name now, ``answer_by`` the day by which they ask for an answer; all empty of one that is not
    written yet. ``names_old_bank`` when its words say to pay elsewhere than they would now.
    """

    level: int
    channel: str
    invoices: tuple[Asked, ...]
    to_address: str = ""
    written_on: dt.date | None = None
    before: Before = field(default_factory=Before)
    said: Mapping[str, Sums] = field(default_factory=dict)
    says_now: Mapping[str, Sums] = field(default_factory=dict)
    answer_by: dt.date | None = None
    names_old_bank: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """An invoice as it stands. ``promised_on`` is the day of the instalment that its promise stands at,
    ``grace_ends_on`` the last day on which that is still kept.
    """

    open_amount: Decimal
    disputed: Decimal = money.ZERO
    promised: Decimal = money.ZERO
    promised_on: dt.date | None = None
    grace_ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cash:
    """Money and credits of one currency that are not set against anything: what it comes to, less refunds,
    and the single receipts and credit notes.
    """

    total: Decimal
    parts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """That we do not remind, of anything or of one invoice, up to and with a day."""

    invoice_id: int | None
    reason: str
    until: dt.date
    by: str


@dataclass(frozen=True, slots=True)
class Ours:
    """What we owe the customer and is late."""

    words: str
    owner: str
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Touch:
    """Once that we reached them: a message, or a conversation we began. ``about`` names the other customer
    that it concerned, whom we reached at ``address``; it counts when the message goes there too.
    """

    at: dt.datetime
    what: str
    about: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """The oldest reply of theirs that nobody has read: who wrote, and when it came."""

    sender: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody at the customer who can be written to, in the order of who is asked first."""

    name: str
    email: str
    zone: str = ""
    bounced_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every customer of a company: its settings, how new its figures are, whether its
    sends are paused (and why), up to which level reminders are switched on, and our ``calendar``. ``None`` as
    a limit asks for nothing.
    """

    zone: str
    spans: tuple[Span, ...]
    touches_max: int
    touch_days: int
    ledger_until: dt.datetime | None
    ledger_limit_hours: int
    bank_until: dt.datetime | None = None
    bank_limit_hours: int | None = None
    paused: str = ""
    highest_level: int = LEVEL_MAX
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True)
class StopFacts:
    """All that can stop a message to one customer, as of one moment. ``today`` is the company's;
    ``left_alone_until`` the day of a call that was agreed. ``country`` is the customer's, or ours;
    ``legal_form`` what somebody said they are. ``group`` is what all of their group of companies, of
    ``group_size`` customers, heard of us; left empty where that is less than a group may hear.
    """

    house: House
    today: dt.date
    zones: tuple[str, ...]
    calendar: Calendar
    address: str = ""
    addressees: tuple[Addressee, ...] = ()
    invoices: Mapping[int, Owed] = field(default_factory=dict)
    cash: Mapping[str, Cash] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    ours_late: tuple[Ours, ...] = ()
    touches: tuple[Touch, ...] = ()
    group: tuple[Touch, ...] = ()
    group_size: int = 0
    left_alone_until: dt.date | None = None
    unread: Unread | None = None
    country: str = ""
    legal_form: str = ""
    is_active: bool = True

    def addressee(self, about: DraftFacts) -> Addressee | None:
        """Who is written to: whose address the draft names, or the first with one; None for nobody."""
        wanted = about.to_address.casefold()
        return next(
            (one for one in self.addressees if one.email and (not wanted or one.email.casefold() == wanted)),
            None,
        )

    def place(self, about: DraftFacts) -> Place:
        """Where the message is read: where the addressee is, when that is known, else the customer."""
        somebody = self.addressee(about)
        zones = (somebody.zone,) if somebody and somebody.zone else self.zones
        return Place(zones, self.calendar, self.house.spans)
