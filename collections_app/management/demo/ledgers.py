"""Writes one company's customers, their books and their conversations onto the pile."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from collections_app.lib.search_keys import search_key
from collections_app.management.demo import absences, copying, moments
from collections_app.management.demo.absences import Away
from collections_app.management.demo.books import Books, Ids
from collections_app.management.demo.calendars import DAY, WorkDays
from collections_app.management.demo.contests import Office
from collections_app.management.demo.conversations import Storyteller
from collections_app.management.demo.copying import PIECE_ROWS, Pile
from collections_app.management.demo.history import Life, Numbers
from collections_app.management.demo.sizes import Firm, Size
from collections_app.management.demo.talk import Talk, TalkIds
from collections_app.management.demo.traits import DAYS, Traits, drawn_customer
from collections_app.people.users import User


@dataclass(slots=True)
class AllIds:
    """The next free id of every table that is filled by COPY."""

    customer: "count[int]"
    contact: "count[int]"
    books: Ids
    talk: TalkIds


@dataclass(slots=True)
class CompanyLedger:
    """Everything one company of the demo needs while its customers are written, one after the other."""

    company: Company
    firm: Firm
    size: Size
    users: dict[str, User]
    pile: Pile
    ids: AllIds
    today: dt.date
    seed: int
    postings: dict[tuple[int, int], Posting]
    days: WorkDays
    numbers: Numbers

    def write(self, customers: int, *, told: Callable[[], None]) -> None:
        """``customers`` of them, drawn by chance from the seed; each draws from a source of its own."""
        collectors = [
            one.username
            for one in self.size.staff
            if one.role == "collector" and self.firm.code in one.companies
        ]
        sellers = [
            one.username
            for one in self.size.staff
            if one.role == "sales" and one.desk in ("", "sales") and self.firm.code in one.companies
        ]
        taken: set[str] = set()
        for place in range(customers):
            rng = Random(f"{self.seed}/{self.firm.code}/{place}")
            traits = drawn_customer(
                rng,
                self.firm,
                self.size,
                place=place,
                collectors=collectors,
                sellers=sellers,
                taken=taken,
                today=self.today,
            )
            self._write_customer(traits, rng, slot=100 + place)
            self.pile.send(at_least=PIECE_ROWS)
            told()

    def _write_customer(self, traits: Traits, rng: Random, *, slot: int) -> None:
        customer_id, contact_id = self.write_facts(traits)
        books = Books(traits.currency, traits.terms, self.ids.books)
        life = Life(books, traits, self.days, self.numbers, slot, 1, self.today, rng)
        episodes = life.live(recency=self.size.recency)
        self.write_books(customer_id, books)
        if not traits.collector:
            return
        teller = Storyteller(
            self.talk(traits, customer_id, contact_id),
            self.days,
            self.today,
            rng,
            self.size.chattiness,
            breaks_promises=traits.behaviour.code == "breaks promises",
        )
        teller.tell(episodes)

    def talk(self, traits: Traits, customer_id: int, contact_id: int | None) -> Talk:
        """What the customer's collector writes into."""
        name = traits.people[0].name if traits.people else ""
        return Talk(
            self.pile, self.ids.talk, self.company.pk, customer_id, contact_id, name,
            ZoneInfo(self.firm.time_zone), self.users[traits.collector].pk, self.office,
            self.away(traits.collector), traits.people[0].role if traits.people else "",
        )  # fmt: skip

    def away(self, username: str) -> Away | None:
        """Whether a collector was away lately."""
        return absences.of(self.company, username, self.users, self.days, self.today)

    @property
    def office(self) -> Office:
        """Who answers here, and when."""
        staffed = {
            one.desk: self.users[one.username].pk
            for one in reversed(self.size.staff)
            if one.desk and self.firm.code in one.companies
        }
        return Office(self.company.calendar, ZoneInfo(self.firm.time_zone), self.today, staffed)

    def write_facts(self, traits: Traits, *, parent_id: int | None = None) -> tuple[int, int | None]:
        """The customer and their contacts; the ids of the customer and of the first contact."""
        customer_id, recorded_at = next(self.ids.customer), moments.learned(traits.starts_on)
        collector, salesperson = self.users.get(traits.collector), self.users.get(traits.salesperson)
        self.pile.add(
            "customer",
            (
                customer_id, self.company.pk, traits.number, traits.name, search_key(traits.number,
                traits.name), parent_id,
                traits.currency, traits.terms,
                copying.money(traits.credit_limit) if traits.credit_limit else None,
                traits.language, traits.country, traits.time_zone, copying.text(traits.address),
                traits.classification,
                traits.collector, collector and collector.pk, traits.salesperson,
                salesperson and salesperson.pk, traits.insurer_report_days, True, recorded_at,
            ),
        )  # fmt: skip
        first_id = None
        for person in traits.people:
            contact_id = next(self.ids.contact)
            self.pile.add(
                "contact",
                (
                    contact_id, customer_id, person.name, person.role, person.email, person.phone,
                    person.language,
                    traits.time_zone, person.hours, person.remarks, first_id is None, True, recorded_at,
                ),
            )  # fmt: skip
            first_id = first_id or contact_id
        return customer_id, first_id

    def write_books(self, customer_id: int, books: Books) -> None:
        """Documents, money and allocations. Each row belongs to the load of its month."""
        head = (self.company.pk, customer_id)
        for document in books.documents:
            posted = self._posted(document.issued_on)
            self.pile.add(
                "invoice",
                (
                    document.id, *head, document.kind, document.number, document.line, document.reference,
                    document.currency,
                    copying.money(document.amount), document.issued_on, document.due_on, document.terms,
                    *posted, copying.money(document.open), document.settled_on,
                ),
            )  # fmt: skip
        for one in books.moneys:
            self.pile.add(
                "payment",
                (
                    one.id, *head, one.kind, one.number, one.reference, one.method, one.currency,
                    copying.money(one.amount), one.reverses, *self._posted(one.on), copying.money(one.left),
                ),
            )  # fmt: skip
        for setting in books.settings:
            self.pile.add(
                "allocation",
                (
                    setting.id, self.company.pk, setting.document.id, setting.money and setting.money.id,
                    setting.credit_note and setting.credit_note.id, "", setting.document.currency,
                    copying.money(setting.amount), setting.side, setting.basis, setting.reverses,
                    *self._posted(setting.on),
                ),
            )  # fmt: skip

    def _posted(self, on: dt.date) -> tuple[dt.date, dt.datetime, int]:
        return on, moments.learned(on), self.postings[on.year, on.month].pk


def made_postings(
    company: Company, *, months: Iterable[tuple[int, int]], today: dt.date
) -> dict[tuple[int, int], Posting]:
    """One posting a month, the way a nightly feed is kept together here; the last one is of last night."""
    made = Posting.objects.bulk_create(
        [
            Posting(
                company=company,
                recorded_at=min(moments.learned(_last_day(year, month)), moments.last_load(today)),
                recorded_by=None,
                source=f"Nightly feed of the accounts system, {dt.date(year, month, 1):%B %Y}",
            )
            for year, month in months
        ]
    )
    return dict(zip(months, made, strict=True))


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - DAY


def months_between(first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    """Every (year, month) from ``first`` to ``last``."""
    return [
        (n // 12, n % 12 + 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]


def work_days(company: Company, today: dt.date) -> WorkDays:
    """The company's working days from before its first invoice until after the last agreed day."""
    return WorkDays(company.calendar, first=today - DAY * (DAYS + 90), last=today + DAY * 120)
