"""Companies whose customers are reminded as the product does it, and customers who pay in the meantime."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from collections_app.correspondence import stored_files
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.dunning import approvals, procedures, runs
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules import packs
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.postings import Posting
from collections_app.people.rules import Role
from tests.desk import person
from tests.dunning.reminding import stages
from tests.faults.moved_clock import MovedClock
from tests.ledgerrows import company_of
from tests.ledgertext import load

# Days since their overdue invoice was due, and what else is known of them: one whom the clock reminds, one
# whose reminder a person approves, one who is reminded tomorrow.
TODAY, BY_A_PERSON, TOMORROW = (9, ""), (20, "classification=public"), (2, "")
PAID_AT_ONCE = 4
# Of one invoice in so many the document is not on file: a copy is drawn as its reminder leaves.
DRAWN_ONE_IN = 8


class Office:
    """A company, its customers, and somebody who approves what waits."""

    def __init__(
        self,
        code: str,
        *,
        customers: int,
        kinds: Sequence[tuple[int, str]] = (TODAY, BY_A_PERSON, TOMORROW),
        at: dt.datetime,
        night: dt.time = dt.time(5),
    ) -> None:
        self.company = company_of(
            code, country="GB", time_zone="Europe/London", stale_after_hours=240, night_starts_at=night
        )
        self.dana = person(self.company, f"dana {code}", Role.MANAGER)
        self._have_public_ones_approved(at)
        rows = load(self._ledger(code, customers, kinds), company=self.company, today=at.date())
        Contact.objects.bulk_create(
            Contact(customer=one, name="Ada Osei", email=f"ada@{number}.{code}.example", recorded_at=at)
            for number, one in rows.customers.items()
        )
        self.overdue = [rows.invoices[f"{code}{number}"] for number in rows.customers]
        self._have_documents(at)

    def _have_public_ones_approved(self, at: dt.datetime) -> None:
        """A procedure of their own: as the standard one, only that a person looks at every message."""
        draft = procedures.begin(company=self.company, segment_code="public", by=self.dana, at=at)
        steps = [replace(step, is_automatic=False) for step in packs.PACK["standard"]]
        kept = procedures.edit(version=draft, steps=steps, revision=draft.revision, by=self.dana, at=at)
        procedures.publish(version=kept, revision=kept.revision, in_force_from=at.date(), by=self.dana, at=at)

    def _have_documents(self, at: dt.datetime) -> None:
        """The documents of most overdue invoices are on file, as they left the house."""
        name, content = "invoice.pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
        file = stored_files.keep(name=name, content=content, by=self.dana, at=at)
        InvoiceDocument.objects.bulk_create(
            InvoiceDocument(invoice=invoice, stored_file=file, attached_by=self.dana, attached_at=at)
            for place, invoice in enumerate(self.overdue)
            if place % DRAWN_ONE_IN
        )

    def _ledger(self, code: str, customers: int, kinds: Sequence[tuple[int, str]]) -> str:
        """Each with one invoice that is overdue, and four that make them customers of the usual kind."""
        lines = []
        for number in range(100, 100 + customers):
            days, facts = kinds[number % len(kinds)]
            lines.append(f"customer {number} {facts}")
            lines += [f"invoice {number} {code}{number}x{n} 900.00 due=+{40 + n}" for n in range(4)]
            lines.append(f"invoice {number} {code}{number} {400 + number}.00 due=-{days}")
        return "\n".join(lines)

    def run(self, *, at: dt.datetime) -> int:
        """A run as the night does it, with the stages that it stands on; how many the clock approved."""
        stages(self.company, at.date())
        return runs.run(company=self.company, today=at.date(), at=at).approved.released

    def approve(self, *, at: dt.datetime) -> int:
        """A person approves all that waits; how many."""
        waiting = ReminderDraft.objects.open().messages().filter(company=self.company)
        return approvals.approve(list(waiting), company=self.company, by=self.dana, at=at).released


@dataclass
class Payers:
    """Customers who pay one after the other, and when it was written down."""

    clock: MovedClock
    left: list[tuple[Company, Invoice]] = field(default_factory=list)
    paid: dict[int, dt.datetime] = field(default_factory=dict)

    def will_pay(self, office: Office, number: int) -> None:
        """So many of the customers of ``office``, who knows which."""
        chosen = random.Random(number).sample(office.overdue, number)
        self.left += [(office.company, invoice) for invoice in chosen]

    def pay(self) -> None:
        """A few of them pay: from the moment on that is noted, everybody can know."""
        for company, invoice in (now := self.left[:PAID_AT_ONCE]):
            with transaction.atomic():
                posting = Posting.objects.create(company=company, recorded_at=self.clock.now(), source="bank")
                Allocation.objects.create(
                    company=company,
                    posting=posting,
                    invoice=invoice,
                    currency=invoice.currency,
                    amount=invoice.amount,
                    basis="stated",
                    posted_on=posting.recorded_at.date(),
                    recorded_at=posting.recorded_at,
                )
                balances.refresh(posting=posting)
            self.paid[invoice.customer_id] = self.clock.now()
        del self.left[: len(now)]

    def pay_all(self) -> None:
        """Whoever has not paid yet."""
        while self.left:
            self.pay()
