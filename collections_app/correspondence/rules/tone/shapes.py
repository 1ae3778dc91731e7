"""What the tone guard is asked with, and what it answers with: plain values."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from collections_app.correspondence.rules import Audience
from collections_app.lib.working_days import Calendar

ZERO = Decimal(0)


class Stage(StrEnum):
    """How far reminding has come; the further, the more may be said. In the order of life."""

    COURTESY = "courtesy"
    DUE = "due"
    R1 = "r1"
    R2 = "r2"
    R3 = "r3"
    FINAL = "final"
    LBA = "lba"

    @property
    def rank(self) -> int:
        """0 for the first stage."""
        return list(Stage).index(self)


# The stage of a level of a dunning procedure.
STAGE_OF_LEVEL = (Stage.COURTESY, Stage.R1, Stage.R2, Stage.R3, Stage.FINAL, Stage.LBA)


class Severity(StrEnum):
    """A block keeps a draft from leaving; a warning may be passed with a reason."""

    BLOCK = "block"
    WARN = "warn"


class Part(StrEnum):
    """Where in a draft."""

    SUBJECT = "subject"
    BODY = "body"


class Purpose(StrEnum):
    """A reminder must say what is asked for, and by when; other messages need not."""

    REMINDER = "reminder"
    OTHER = "other"


class Action(StrEnum):
    """What may follow when nothing is paid."""

    AGENCY = "agency"
    COURT = "court"
    HOLD = "hold"
    CHARGE = "charge"


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that somebody wants to send. ``language`` is a code such as ``en`` or ``de``."""

    subject: str
    body: str
    language: str = "en"
    stage: Stage = Stage.R1
    purpose: Purpose = Purpose.REMINDER
    audience: Audience = Audience.CUSTOMER


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with its currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """An invoice as the ledger holds it now. ``disputed`` and ``promised`` are parts of ``open``."""

    number: str
    open: Decimal
    currency: str
    due_on: dt.date | None = None
    amount: Decimal | None = None
    disputed: Decimal = ZERO
    promised: Decimal = ZERO
    paid_since_draft: bool = False

    @property
    def to_collect(self) -> Decimal:
        """What may be asked for now."""
        return max(self.open - self.disputed - self.promised, ZERO)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What somebody has scheduled, with its day."""

    action: Action
    on: dt.date


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the draft, and whether it is this customer's."""

    name: str
    is_theirs: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger and the files say now. What is not known stays empty.

    ``also_theirs``: further numbers of this customer (settled invoices, their orders). ``others``: numbers in
    the draft that belong to another customer; ask ``candidates`` which to look up. ``amounts``: further true
    amounts, such as a payment received. ``names``: of the customer, the company and places, in which no word
    is judged; nor in those of ``people``, others at the customer, whom the greeting does not name.
    ``charges``: interest and fixed sums, computed and approved. ``rates``: per cent a year.
    """

    invoices: tuple[InvoiceFact, ...] = ()
    also_theirs: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    amounts: tuple[Sum, ...] = ()
    unallocated: tuple[Sum, ...] = ()
    charges: tuple[Sum, ...] = ()
    rates: tuple[Decimal, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    # Account numbers, IBAN first; None when nobody looked.
    bank_details: tuple[str, ...] | None = None
    contact_name: str = ""
    contact_language: str = ""
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    our_commitments_late: int = 0
    is_individual: bool = False
    protocol_enclosed: bool = False
    messages_in_seven_days: int = 0
    is_decent_hour: bool = True
    calendar: Calendar = field(default_factory=Calendar)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a rule found: ``words`` stand at ``start`` of its part; empty for what is missing."""

    rule: str
    severity: Severity
    words: str
    start: int
    sentence: str
    suggestion: str
    part: Part = Part.BODY
