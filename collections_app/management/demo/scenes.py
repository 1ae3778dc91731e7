"""What a story is told with: a customer of the cast, their books and conversations, in days ago."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.contact.rules import Channel, Direction, NextStep, Outcome, PayBy, PromiseState
from collections_app.contact.rules.promising import GRACE_WORKING_DAYS
from collections_app.ledger.rules import InvoiceKind
from collections_app.management.demo.books import Books, Document, Money
from collections_app.management.demo.calendars import DAY, WorkDays
from collections_app.management.demo.contests import Answer, Wait
from collections_app.management.demo.history import Numbers
from collections_app.management.demo.talk import Talk

# The cast's own numbers of a day lie below those of the other customers.
SPARE_SLOT = 40
OLDEST_DUE_DAYS = 690


@dataclass(frozen=True, slots=True)
class Run:
    """Documents that were paid together."""

    documents: tuple[Document, ...]
    paid_on: dt.date


@dataclass(slots=True)
class Scene:
    """Amounts are texts like ``"22150.00"``; ``days`` count back from today unless they say otherwise."""

    books: Books
    talk: Talk
    days: WorkDays
    numbers: Numbers
    slot: int
    today: dt.date
    used: set[str] = field(default_factory=set)

    def owed(
        self,
        days_overdue: int,
        amount: str,
        *,
        kind: str = InvoiceKind.INVOICE,
        currency: str = "",
        reference: str = "",
        line: str = "",
        number: str = "",
        due: dt.date | None = None,
        terms: int = 30,
    ) -> Document:
        """A document that fell due so many days ago; negative when it is not due yet."""
        due = due or self.today - DAY * days_overdue
        on = self.days.on_or_before(min(due - DAY * terms, self.today - DAY))
        return self.books.invoice(
            number or self._number(on),
            on=on,
            due=None if kind == InvoiceKind.CREDIT_NOTE else due,
            amount=thousandths(amount),
            kind=kind,
            currency=currency,
            reference=reference,
            line=line,
        )

    def _number(self, on: dt.date) -> str:
        number = self.numbers.on(on, self.slot)
        if number in self.used:
            number = self.numbers.on(on, self.slot + SPARE_SLOT)
        self.used.add(number)
        return number

    def settled(
        self, count: int, *, late: int, amount: str, until: int = 60, worsens: int = 0, currency: str = ""
    ) -> list[Run]:
        """``count`` invoices over two years, each paid ``late`` days late, the last ``until`` days ago."""
        runs = []
        for place in range(count):
            due_ago = OLDEST_DUE_DAYS - (OLDEST_DUE_DAYS - until - late - worsens) * place // count
            document = self.owed(due_ago, amount, currency=currency)
            on = self.today - DAY * (due_ago - late - worsens * place // count)
            runs.append(self.paid([document], self.days.on_or_after(on)))
        return runs

    def paid(self, documents: Sequence[Document], on: dt.date, *, method: str = "bank transfer") -> Run:
        """One receipt for all of them."""
        self.books.pay(documents, on=on, method=method, reference=", ".join(one.number for one in documents))
        return Run(tuple(documents), on)

    def received(self, days_ago: int, amount: str, *, reference: str = "", kind: str = "receipt") -> Money:
        """Money that is not set against anything yet."""
        on = self.days.on_or_before(self.today - DAY * days_ago)
        return self.books.receive(thousandths(amount), on=on, reference=reference, kind=kind)

    def worked(self, days_ago: int) -> dt.date:
        """The working day so many working days before today; 1 is the last one."""
        return self.days.after(self.days.on_or_before(self.today - DAY), 1 - days_ago)

    def said(
        self,
        days_ago: int | dt.date,
        clock: str,
        outcome: Outcome,
        text: str,
        *,
        about: Sequence[Document] = (),
        step: NextStep | None = None,
        in_days: int = 0,
        step_at: str = "",
        channel: Channel = Channel.CALL,
        direction: Direction = Direction.OUT,
    ) -> int:
        """A contact so many working days ago; the next step is as many from today, 0 is today."""
        on = days_ago if isinstance(days_ago, dt.date) else self.worked(days_ago)
        next_on = (self.days.after(self.today, in_days) if in_days else self.today) if step else None
        return self.talk.log(
            on, minutes(clock), outcome, text, documents=about, channel=channel, direction=direction,
            next_step=step, next_on=next_on, next_at=dt.time.fromisoformat(step_at) if step_at else None,
        )  # fmt: skip

    def promised(
        self,
        days_ago: int,
        clock: str,
        text: str,
        about: Sequence[Document],
        *,
        in_days: int,
        rest_in_days: int = 0,
    ) -> None:
        """A promise for what is open on ``about``, by a working day from today; negative: not kept. One whose
        grace ended last is still to be ended by the night, so that home has it to tell. With ``rest_in_days``
        the last document is a second instalment.
        """
        promised_on = self.days.after(self.today, in_days)
        on = self.worked(days_ago)
        check_on = self.days.after(promised_on, 1)
        log_id = self.talk.log(
            on,
            minutes(clock),
            Outcome.PROMISED,
            text,
            documents=about,
            next_step=NextStep.CHECK_BANK,
            next_on=check_on,
        )
        is_broken = in_days < -GRACE_WORKING_DAYS - 1
        self.talk.promise(
            log_id,
            on,
            minutes(clock),
            [(document, document.open) for document in about],
            promised_on=promised_on,
            state=PromiseState.BROKEN if is_broken else PromiseState.RUNNING,
            settled_on=self.days.after(promised_on, GRACE_WORKING_DAYS + 1) if is_broken else None,
            how=PayBy.BANK_TRANSFER,
            second=(self.days.after(self.today, rest_in_days), about[-1].open) if rest_in_days else None,
        )

    def promised_then(self, run: Run, text: str, *, is_kept: bool) -> None:
        """A promise of the past about a run: for the day it was paid, or not kept and for a week before."""
        promised_on = run.paid_on if is_kept else self.days.after(run.paid_on, -5)
        on = self.days.after(promised_on, -3)
        lines = [(document, document.amount) for document in run.documents]
        log_id = self.said(on, "11:20", Outcome.PROMISED, text, about=run.documents)
        self.talk.promise(
            log_id,
            on,
            minutes("11:20"),
            lines,
            promised_on=promised_on,
            state=PromiseState.KEPT if is_kept else PromiseState.BROKEN,
            settled_on=run.paid_on if is_kept else self.days.after(promised_on, GRACE_WORKING_DAYS + 1),
            paid=sum(part for _, part in lines) if is_kept else 0,
        )

    def contested(
        self,
        log_id: int,
        days_ago: int,
        document: Document,
        amount: str,
        reason: str,
        text: str,
        *,
        answer: Answer | None = None,
        wait: Wait | None = None,
        is_late_raised: bool = False,
    ) -> None:
        """A part of a document is disputed since a working day."""
        self.talk.dispute(
            log_id,
            self.worked(days_ago),
            minutes("14:05"),
            document,
            thousandths(amount),
            reason=reason,
            said=text,
            answer=answer,
            wait=wait,
            is_late_raised=is_late_raised,
        )


def thousandths(amount: str) -> int:
    """``"84.60"`` is 84_600."""
    return int(Decimal(amount) * 1000)


def minutes(clock: str) -> int:
    """``"10:15"`` in minutes after midnight."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
