"""One round over orders in hand: what is decided of each, gathered, and written in few statements.

An order is decided on as it comes, and what was decided of one counts for those after it. What stands
already is not written again, so a second round changes nothing.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collections_app.activity.events import Event
from collections_app.contact.rules import PromiseState
from collections_app.holds import letters_overtaken
from collections_app.holds.facts import Known
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts
from collections_app.holds.rules.figures import figures_of
from collections_app.holds.rules.ordering import MOMENT_LABELS, Ending, Moment
from collections_app.holds.rules.reasons import Decision, ReasonCode
from collections_app.holds.rules.releasing import ReleaseState
from collections_app.lib import money
from collections_app.people.users import User

ROWS_AT_ONCE = 1000
# An order that was to be picked goes.
LET_GO = "order.let_go"
# A promise on which an order was released: it runs, or was kept.
HOLDING_GOOD = (PromiseState.RUNNING, PromiseState.KEPT, PromiseState.KEPT_LATE)


@dataclass(slots=True)
class Round:
    """What is to be written. ``said`` begins the sentence of an event, where the round is part of a deed that
    has one event of its own; ``over`` are the releases that ended, by order, ``exempt`` the orders that
    nothing but their class lets go, ``let_go`` what the orders that go stood on when they were last to be
    picked (``let_go_before``).
    """

    moment: Moment
    today: dt.date
    at: dt.datetime
    by: User | None = None
    said: str = ""
    new: list[Hold] = field(default_factory=list)
    changed: list[Hold] = field(default_factory=list)
    ended: list[Hold] = field(default_factory=list)
    releases: list[Release] = field(default_factory=list)
    over: dict[int, Release] = field(default_factory=dict)
    exempt: list[tuple[Order, Decision]] = field(default_factory=list)
    let_go: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    checked: list[Order] = field(default_factory=list)

    def decide(
        self, order: Order, known: Known, *, hold: Hold | None, granted: Release | None, asked: Release | None
    ) -> Decision:
        """Hold or free one order in hand. ``granted`` and ``asked`` are its releases, if any."""
        about = known.about(order)
        decision = decide(about, known.in_force.rules)
        over = self._why_over(granted, order, decision) if granted else ""
        if granted and over:
            self._end_release(granted, over)
        is_released = granted is not None and not over
        if decision.is_held and not is_released:
            self._hold(order, known, about, decision, hold, over)
        elif hold is not None:
            ending = Ending.RELEASE if is_released else Ending.FACTS
            self._free(order, known, about, decision, hold, asked, ending)
        else:
            self._let_go(order, known, about, decision, granted if is_released else None)
        if decision.exemption and not is_released:
            self.exempt.append((order, decision))
        for hand in known.hands:
            if hand.order_id == order.pk:
                hand.is_free = is_released or not decision.is_held
        order.checked_at = self.at
        self.checked.append(order)
        return decision

    def write(self) -> int:
        """Write what was gathered; how many orders were held or freed."""
        ending = ["ended_at", "ending", "ended_figures", "ended_rules"]
        Hold.objects.bulk_update(self.ended, ending, batch_size=ROWS_AT_ONCE)
        Hold.objects.bulk_create(self.new, batch_size=ROWS_AT_ONCE)
        letters_overtaken.by_ends([hold.pk for hold in self.ended], by=self.by, at=self.at)
        if self.new:
            letters_overtaken.by_holds([hold.order_id for hold in self.new], by=self.by, at=self.at)
        newest = ["newest_decision", "newest_rules", "newest_at"]
        Hold.objects.bulk_update(self.changed, newest, batch_size=ROWS_AT_ONCE)
        Release.objects.bulk_update(self.releases, ["state", "ended_at", "because"], batch_size=ROWS_AT_ONCE)
        Order.objects.filter(pk__in=[each.pk for each in self.checked]).update(checked_at=self.at)
        Event.objects.bulk_create(self.events, batch_size=ROWS_AT_ONCE)
        return len(self.new) + len(self.ended)

    def _hold(
        self, order: Order, known: Known, about: Facts, decision: Decision, hold: Hold | None, over: str
    ) -> None:
        facts, rules = decision.as_facts(), known.in_force.version_id
        if rules is None:
            raise ValueError("Rules are written down before an order is held by them.")
        if hold is not None:
            if (hold.newest_decision, hold.newest_rules_id) != (facts, rules):
                hold.newest_decision, hold.newest_rules_id, hold.newest_at = facts, rules, self.at
                self.changed.append(hold)
            return
        self.new.append(
            Hold(
                company_id=order.company_id,
                customer_id=order.customer_id,
                order=order,
                held_at=self.at,
                moment=self.moment,
                decision=facts,
                rules_id=rules,
                newest_decision=facts,
                newest_rules_id=rules,
                newest_at=self.at,
            )
        )
        first = decision.reasons[0].sentence
        begun = self.said or f"{told(order)} was put on hold {MOMENT_LABELS[self.moment]}"
        words = f"{begun}: {'' if not self.said else 'it waits. '}{over and over + ' '}{first}"
        self._tell(
            "order.held",
            words,
            order,
            codes=[code.value for code in decision.codes],
            figures=figures_of(about),
            rules=rules,
        )

    def _let_go(
        self, order: Order, known: Known, about: Facts, decision: Decision, release: Release | None
    ) -> None:
        """It goes and did not wait: told, with what that stood on, when it comes in and when it is picked.
        A system that asks again before picking, with the same figures and rules, writes nothing new.
        """
        if self.moment not in (Moment.ENTRY, Moment.PICK):
            return
        is_pick = self.moment == Moment.PICK
        stood_on = {
            "figures": figures_of(about),
            "rules": known.in_force.version_id,
            **({"release": release.pk} if release else {}),
            **_class(decision),
        }
        before = self.let_go.get(order.number, {})
        if is_pick and before and all(before.get(name) == value for name, value in stood_on.items()):
            return
        begun = self.said or f"{told(order)} {'was to be picked' if is_pick else 'came in'}"
        what = LET_GO if is_pick else "order.received"
        self._tell(what, f"{begun}: it goes{_exempt(decision)}", order, **stood_on)

    def _free(
        self,
        order: Order,
        known: Known,
        about: Facts,
        decision: Decision,
        hold: Hold,
        asked: Release | None,
        ending: Ending,
    ) -> None:
        hold.ended_at, hold.ending = self.at, ending
        hold.ended_figures, hold.ended_rules_id = figures_of(about), known.in_force.version_id
        self.ended.append(hold)
        rest = ""
        if asked is not None:
            asked.state, asked.ended_at = ReleaseState.LAPSED, self.at
            asked.because = "The order is not on hold any more."
            self.releases.append(asked)
            rest = f"; {asked.asked_by} had asked for its release, which is not needed any more"
        free = f"{told(order)} is free {MOMENT_LABELS[self.moment]}"
        words = f"{free}: nothing holds it any more{_exempt(decision)}{rest}"
        self._tell(
            "order.freed",
            words,
            order,
            ending=ending.value,
            cleared=[reason["code"] for reason in hold.newest_decision["reasons"]],
            figures=hold.ended_figures,
            rules=hold.ended_rules_id,
            **_class(decision),
        )

    def _why_over(self, granted: Release, order: Order, decision: Decision) -> str:
        """Why a release does not let the order go any more; empty when it does."""
        if granted.until is not None and granted.until < self.today:
            return f"Its release ended on {granted.until:%-d %B %Y}."
        if granted.currency != order.currency or (granted.amount or 0) < order.amount:
            return "The order has become larger than what was released."
        if ReasonCode.FORCED in decision.codes:
            return "It was released before that."
        if granted.promise is not None and granted.promise.state not in HOLDING_GOOD:
            return "The promise that it was released on does not stand any more."
        return ""

    def _end_release(self, granted: Release, because: str) -> None:
        granted.state, granted.ended_at, granted.because = ReleaseState.ENDED, self.at, because
        self.releases.append(granted)
        self.over[granted.order_id] = granted

    def _tell(self, what: str, summary: str, order: Order, **facts: Any) -> None:
        about = {
            "order": order.number,
            "amount": money.text(order.amount, order.currency),
            "currency": order.currency,
            "moment": self.moment.value,
            **facts,
        }
        self.events.append(
            Event(
                company_id=order.company_id,
                customer_id=order.customer_id,
                by=self.by,
                at=self.at,
                what=what,
                summary=summary[:500],
                facts=about,
            )
        )


def _exempt(decision: Decision) -> str:
    """Why it goes though rules would hold it, for a sentence."""
    found = decision.exemption
    return (
        f", as orders of the class “{found.code}” are not held ({found.owner} answers for it)"
        if found
        else ""
    )


def _class(decision: Decision) -> dict[str, Any]:
    """The class that lets an order go, as the system says that states it, and what it sets aside."""
    found = decision.exemption
    if found is None:
        return {}
    codes = [each.reason.code.value for each in decision.set_aside]
    return {"exemption_class": found.code, "exemption_owner": found.owner, "set_aside": codes}


def told(order: Order) -> str:
    """How events name an order."""
    return f"Order {order.number} over {money.shown(order.amount, order.currency)}"


def let_go_before(orders: Sequence[Order]) -> dict[str, Mapping[str, Any]]:
    """What each of these orders, by its number, stood on when it was last let go before picking. They are of
    one company; a few events each, by the index on customers.
    """
    found = Event.objects.filter(
        customer__in={order.customer_id for order in orders},
        what=LET_GO,
        facts__order__in=[order.number for order in orders],
    )
    return {facts["order"]: facts for facts in found.order_by("pk").values_list("facts", flat=True)}


def by_order(rows: Sequence[Any]) -> dict[int, Any]:
    """Rows that an order has one of, by its id."""
    return {row.order_id: row for row in rows}
