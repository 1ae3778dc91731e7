"""A collector saves while somebody changes who is treated how: both get through, in either order."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from collections_app.activity import staff
from collections_app.chase import regroupings, weights, working
from collections_app.chase.rules.points import RULES
from collections_app.contact.contact_logs import ContactLog
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.staff_rules import Person
from collections_app.people.users import User
from collections_app.segmentation import drafts, portfolios
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import call, list_day, person
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import interleaved

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
TODAY = AT.date()


class Office:
    """One customer on the list, a collector, a manager, an administrator; a draft of segments stands."""

    def __init__(self) -> None:
        self.company: Company = company_of()
        rows = load("customer 100\ninvoice 100 A1 900.00 due=-41", company=self.company, today=TODAY)
        self.harrow: Customer = rows.customers["100"]
        self.priya: User = person(self.company, "priya")
        self.dana: User = person(self.company, "dana", Role.MANAGER)
        self.ada: User = person(self.company, "ada", Role.ADMINISTRATOR)
        self.portfolio = portfolios.create(
            company=self.company, name="All", rule=Rule(), collector=self.priya, by=self.dana, at=AT
        )
        self.draft = drafts.begin(company=self.company, by=self.dana, at=AT)
        list_day(self.company, at=AT)

    def save(self) -> ContactLog:
        return working.log_contact(call(), customer=self.harrow, by=self.priya, at=AT)

    def weigh(self) -> None:
        rule = next(iter(RULES))
        band = [(Decimal(1), 5)]
        weights.change(company=self.company, rule=rule, segment_code="", bands=band, by=self.dana, at=AT)

    def hand_out(self) -> None:
        rule = Rule()
        portfolios.create(
            company=self.company, name="More", rule=rule, collector=self.priya, by=self.dana, at=AT
        )

    def cover(self) -> None:
        portfolios.set_stand_in(
            portfolio=self.portfolio, stand_in=self.dana, start=TODAY, end=TODAY, by=self.dana, at=AT
        )

    def publish(self) -> None:
        drafts.publish(draft=self.draft, revision=0, note="", by=self.dana, at=AT)

    def rename(self) -> None:
        told = Person("priya", "Priya N", "", Role.COLLECTOR)
        staff.change(user=self.priya, person=told, companies=[self.company], teams=[], by=self.ada, at=AT)


DEEDS = [Office.weigh, Office.hand_out, Office.cover, Office.publish, Office.rename]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_collectors_save_and_a_change_for_everybody_do_not_block_each_other(
    deed: Callable[[Office], None],
) -> None:
    office = Office()

    def change() -> None:
        with regroupings.following(company=office.company, today=TODAY, at=AT):
            deed(office)

    interleaved(office.save, change)

    assert ContactLog.objects.count() == 1
