"""What was given up and let off in Leeds: write-offs that were approved, refused and wait, a rule of the
holds set aside, and interest that a contract rules out. Made by the product's own verbs.
"""

from collections_app.dunning import blocks, interest_terms
from collections_app.dunning.rules.blocking import BlockReason
from collections_app.dunning.rules.charging import ExemptionKind
from collections_app.holds import steering
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.management.demo import cast, moments
from collections_app.management.demo.between_us import Between
from collections_app.management.demo.calendars import DAY
from collections_app.management.demo.cast import Member
from collections_app.reports import report_mailings, saved_views
from collections_app.reports.rules.mailing import Rhythm, Schedule
from collections_app.write_offs import decisions, proposals
from collections_app.write_offs.write_off_rows import WriteOff


def tell(us: Between) -> None:
    """All of it, before the nights that work with it."""
    _written_off(us)
    _let_off(us)
    _mailed(us)


def _written_off(us: Between) -> None:
    manager = us.users["dana"]
    lost = _proposed(
        us, cast.ASHMOOR, 2, "INSOLVENT", "The liquidator's notice says that no dividend is expected.",
        said=11,
    )  # fmt: skip
    words = "With the notice filed. Thank you for the quick proof of debt."
    decisions.approve(lost, words=words, by=manager, at=us.at(10, "09:40"))
    hopeful = _proposed(us, cast.WEXDALE, 1, "COST", "Two debits came back, and court costs more.", said=6)
    words = "A new mandate is on its way. Let us ask once more when it is here."
    decisions.refuse(hopeful, words=words, by=manager, at=us.at(5, "10:15"))
    _proposed(us, cast.ASHMOOR, 1, "INSOLVENT", "Came to light with the last delivery; same notice.", said=2)
    _proposed(us, cast.DUNHOLT, 1, "SMALL", "Asked twice; a third call costs more than it is.", said=1)


def _proposed(us: Between, member: Member, count: int, reason: str, words: str, *, said: int) -> WriteOff:
    customer = us.customer(member)
    return proposals.propose(
        customer, lines=[(each, each.open_amount) for each in us.overdue(customer)[:count]], reason=reason,
        words=words, by=us.users["tom"], at=us.at(said, "15:25"),
    )  # fmt: skip


def _let_off(us: Between) -> None:
    manager, at = us.users["dana"], us.at(4, "11:30")
    steering.exclude(
        us.customer(cast.KESTERBY), code=ReasonCode.LIMIT_USED, until=us.today + 20 * DAY,
        reason="Their limit is being looked at again with new accounts", by=manager, at=at,
    )  # fmt: skip
    interest_terms.exempt(
        us.customer(cast.FENNMERE), kind=ExemptionKind.CONTRACT, words="Clause 9 of the framework agreement",
        by=manager, at=at,
    )  # fmt: skip
    blocks.place(
        customer=us.customer(cast.ASHMOOR), reason=BlockReason.INSOLVENCY, words="Liquidator: Hale & Ferris",
        until=us.today + 60 * DAY, by=us.users["tom"], at=moments.last_load(us.today),
    )  # fmt: skip


def _mailed(us: Between) -> None:
    """A view of the reports that goes out on Mondays."""
    manager, at = us.users["dana"], us.at(9, "08:50")
    view = saved_views.keep(
        company=us.company, name="Ageing and cash, whole company", query={"currency": us.company.currency},
        is_shared=True, is_default=False, by=manager, at=at,
    )  # fmt: skip
    schedule = Schedule(Rhythm.WEEKLY, hour=8, weekday=0)
    report_mailings.set_up(view, schedule=schedule, readers=[manager, us.users["admin"]], by=manager, at=at)
