"""Brings the cast into a company's ledger: their facts, then their story, then the rows."""

from random import Random
from zoneinfo import ZoneInfo

from collections_app.management.demo import cast
from collections_app.management.demo.behaviours import BEHAVIOURS
from collections_app.management.demo.books import Books
from collections_app.management.demo.cast import CAST, Member
from collections_app.management.demo.history import Life
from collections_app.management.demo.ledgers import CompanyLedger
from collections_app.management.demo.moments import DAY
from collections_app.management.demo.scenes import Scene
from collections_app.management.demo.stories import STORIES
from collections_app.management.demo.stories_abroad import STORIES_ABROAD
from collections_app.management.demo.talk import Talk
from collections_app.management.demo.traits import DAYS, Person, Traits

# The giant has a dozen numbers a day for itself, above those of the rest of the cast.
GIANT_SLOT, GIANT_SLOTS = 88, 12


def write_cast(ledger: CompanyLedger) -> None:
    """Everybody of the cast who buys from this company. Parents come first."""
    ids: dict[str, int] = {}
    members = [member for member in CAST if member.company == ledger.firm.code]
    for slot, member in enumerate(sorted(members, key=lambda one: bool(one.parent))):
        traits = _traits(ledger, member)
        customer_id, contact_id = ledger.write_facts(traits, parent_id=ids.get(member.parent))
        ids[member.number] = customer_id
        books = Books(member.currency, member.terms, ledger.ids.books)
        if member is cast.PELWORTH:
            rng = Random(f"{ledger.seed}/{member.number}")
            Life(books, traits, ledger.days, ledger.numbers, GIANT_SLOT, GIANT_SLOTS, ledger.today, rng).live(
                recency=1
            )
        else:
            story = STORIES.get(member) or STORIES_ABROAD[member]
            talk = _talk(ledger, member, customer_id, contact_id)
            story(Scene(books, talk, ledger.days, ledger.numbers, slot, ledger.today))
        ledger.write_books(customer_id, books)


def _talk(ledger: CompanyLedger, member: Member, customer_id: int, contact_id: int | None) -> Talk:
    zone, by = ZoneInfo(ledger.firm.time_zone), ledger.users[member.collector or "dana"]
    return Talk(
        ledger.pile,
        ledger.ids.talk,
        ledger.company.pk,
        customer_id,
        contact_id,
        member.contact[0],
        zone,
        by.pk,
        ledger.office,
        ledger.away(member.collector),
        member.contact[1],
    )


def _traits(ledger: CompanyLedger, member: Member) -> Traits:
    name, role = member.contact
    mailbox = "".join(mark for mark in member.name.split()[0].casefold() if mark.isascii())
    person = Person(
        name, role, f"accounts@{mailbox}.example", member.phone, member.language, member.hours, member.remarks
    )
    weekly = next(one for one in BEHAVIOURS if one.code == "late but sure")
    return Traits(
        number=member.number,
        name=member.name,
        currency=member.currency,
        country=member.country,
        language=member.language,
        terms=member.terms,
        behaviour=weekly,
        usual_late=3,
        typical_amount=420,
        invoices=ledger.size.giant_invoices,
        starts_on=ledger.today - DAY * DAYS,
        time_zone=member.time_zone,
        classification=member.classification,
        collector=member.collector,
        salesperson="sam",
        credit_limit=member.credit_limit * 1000 if member.credit_limit else None,
        insurer_report_days=member.insurer_report_days,
        second_currency="",
        people=[person],
    )
