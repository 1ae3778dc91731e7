"""What stands between us and the cast in Leeds: commitments that are late, due and met, and requests to
colleagues that wait, were answered, and stayed overdue. Made by the product's own verbs, at the moments of
the story.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from collections_app.contact import colleague_requests, commitments
from collections_app.contact.commitment_rows import Commitment
from collections_app.contact.disputes import Dispute
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.management.demo import cast
from collections_app.management.demo.calendars import DAY, WorkDays
from collections_app.management.demo.cast import Member
from collections_app.management.demo.moments import spoken
from collections_app.management.demo.scenes import minutes
from collections_app.people.users import User

SIGNED_NOTE = (
    b"Delivery note 77-1182\r\nReceived 40 sets of linen, 20 sets back on the lorry.\r\nSigned: S. Khan\r\n"
)


@dataclass(frozen=True, slots=True)
class Between:
    """Tells what was promised and asked, in working days before ``today``; 1 is the last one, 0 is today."""

    company: Company
    users: Mapping[str, User]
    days: WorkDays
    today: dt.date

    def on(self, days_ago: int) -> dt.date:
        """A working day before today, or today itself even on a day of rest; negative: a day to come."""
        if days_ago <= 0:
            return self.days.after(self.today, -days_ago) if days_ago else self.today
        return self.days.after(self.days.on_or_before(self.today - DAY), 1 - days_ago)

    def at(self, days_ago: int, clock: str) -> dt.datetime:
        """A moment of such a day."""
        return spoken(self.on(days_ago), minutes(clock), ZoneInfo(self.company.time_zone))

    def customer(self, member: Member) -> Customer:
        """One of the cast."""
        return Customer.objects.select_related("company").get(company=self.company, number=member.number)

    def overdue(self, customer: Customer) -> list[Invoice]:
        """What they owe, the oldest first."""
        return list(Invoice.objects.overdue(self.today).filter(customer=customer).order_by("due_on", "pk"))

    def owe(
        self, member: Member, kind: str, words: str, *, said: int, due: int, who: str, **facts: Any
    ) -> Commitment:
        """We told them ``said`` days ago that we would do it by ``due``."""
        by = self.users[who]
        return commitments.record(
            customer=self.customer(member), kind=kind, words=words, owner=by, due_on=self.on(due),
            by=by, at=self.at(said, "14:20"), **facts,
        )  # fmt: skip

    def met(self, commitment: Commitment, *, days_ago: int) -> None:
        """It was done."""
        commitments.meet(commitment, by=commitment.owner, at=self.at(days_ago, "16:10"))

    def ask(
        self, member: Member, kind: str, reason: str, *, said: int, due: int, who: str, **facts: Any
    ) -> ColleagueRequest:
        """Somebody asked a colleague ``said`` days ago for something by ``due``."""
        return colleague_requests.ask(
            customer=self.customer(member), kind=kind, reason=reason, due_on=self.on(due), by=self.users[who],
            at=self.at(said, "14:40"), **facts,
        )  # fmt: skip


def tell(company: Company, users: Mapping[str, User], *, days: WorkDays, today: dt.date) -> None:
    """All of it. The nights that follow remind of what is due."""
    between = Between(company, users, days, today)
    _owed(between)
    _asked(between)


def _owed(us: Between) -> None:
    brandt = us.overdue(us.customer(cast.BRANDT))
    dispute = Dispute.objects.open().get(invoice=brandt[-1])
    us.owe(
        cast.BRANDT, "credit_note", "for the rebate on eleven pallets", said=6, due=2, who="tom",
        invoices=[brandt[-1]], dispute=dispute,
    )  # fmt: skip
    us.owe(
        cast.HARROW_TOOLS,
        "call_back",
        "about both with the group",
        said=1,
        due=0,
        who="priya",
        due_at=dt.time(11),
    )
    us.owe(cast.FENNMERE, "answer", "which order number belongs to the invoice", said=4, due=-2, who="tom")
    us.met(us.owe(cast.OSEI, "copy", "with the order number", said=1, due=1, who="priya"), days_ago=1)
    us.met(us.owe(cast.WEXDALE, "answer", "what their bank said", said=9, due=7, who="tom"), days_ago=7)
    us.met(us.owe(cast.VENBURN, "answer", "about the linen", said=9, due=6, who="tom"), days_ago=4)
    us.met(us.owe(cast.BRANDT, "copy", "", said=15, due=14, who="priya"), days_ago=15)


def _asked(us: Between) -> None:
    asked = (cast.BRANDT, cast.VENBURN, cast.FENNMERE)
    brandt, venburn, fennmere = (us.overdue(us.customer(member)) for member in asked)
    us.ask(
        cast.BRANDT, "price_confirmation", "they say that a rebate was agreed for eleven pallets",
        said=1, due=-1, who="priya", to_user=us.users["sam"], invoices=[brandt[-1]],
    )  # fmt: skip
    us.ask(
        cast.VENBURN, "proof_of_delivery", "they received forty sets instead of sixty",
        said=3, due=1, who="tom", to_desk="warehouse", invoices=[venburn[0]],
    )  # fmt: skip
    us.ask(
        cast.FENNMERE, "other", "the council pays nothing without its order number",
        said=7, due=4, who="tom", to_desk="sales", invoices=[fennmere[0]],
    )  # fmt: skip
    us.ask(
        cast.KESTERBY, "approval", "they ask to pay in three instalments",
        said=1, due=0, who="tom", to_user=us.users["dana"],
    )  # fmt: skip
    answered = us.ask(
        cast.VENBURN, "proof_of_delivery", "they say that boxes came wet", said=8, due=6, who="tom",
        to_email="wim@doorn-haulage.example", to_name="Wim Doorn", invoices=[venburn[-1]],
    )  # fmt: skip
    colleague_requests.answer(
        answered,
        words="Our driver noted twenty sets back. The note is attached.",
        files=[("delivery note 77-1182.txt", SIGNED_NOTE)],
        by=None,
        by_name="Wim Doorn",
        at=us.at(7, "10:05"),
    )
