"""Releases: asked for with a reason, decided by somebody else, over by themselves.

What is asked for waits for a manager (the finance director above the amount of the rules), never for whoever
asked nor for who sells to the customer. A release is for one order, its amount, and some working days; a
check after them holds the order again. Its rows are in ``release_rows``.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from collections_app.activity import events
from collections_app.contact import promise_histories
from collections_app.contact.promised import Promise
from collections_app.holds import checks, deciders, letters_overtaken, pledges, rounds, telling
from collections_app.holds.checks import Answer
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import releasing
from collections_app.holds.rules.figures import figures_of
from collections_app.holds.rules.ordering import Ending
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.holds.rules.releasing import STATE_LABELS, Pledge, ReleaseState, Verdict
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


def ask(
    order: Order,
    *,
    reason: str,
    needed_on: dt.date | None = None,
    promise: Promise | None = None,
    form_key: UUID | None = None,
    through: str = "",
    by: User,
    at: dt.datetime,
) -> Release:
    """Ask that an order on hold goes, by a day on which it is needed, maybe on a promise to pay. The same
    ``form_key`` twice gives the request that is there; ``through`` names the system that asks for them.
    Raises ``Refused`` with every problem.
    """
    with checks.holding([order.customer_id]):
        if form_key and (written := Release.objects.filter(form_key=form_key).first()):
            if written.order_id != order.pk:
                raise Refused(releasing.problems_of_key(written.order.number))
            return written
        hold = Hold.objects.standing().filter(order=order).first()
        waiting = Release.objects.waiting().filter(order=order).select_related("asked_by").first()
        today = order.company.today(at=at)
        problems = releasing.problems_of_asking(
            may_ask=by.may(Deed.ASK_RELEASE),
            is_held=hold is not None,
            waits=str(waiting.asked_by) if waiting else "",
            reason=reason,
            is_past=needed_on is not None and needed_on < today,
        )
        if problems or hold is None:
            raise Refused(problems)
        made = Release.objects.create(
            company=order.company,
            customer=order.customer,
            order=order,
            hold=hold,
            state=ReleaseState.ASKED,
            asked_by=by,
            asked_at=at,
            reason=reason.strip(),
            needed_on=needed_on,
            promise=promise,
            form_key=form_key,
        )
        readers = deciders.of(order, checks.explain(order, today=today), today=today)
        telling.asked(made, deciders=readers, decided_by=deciders.decided_by(made), at=at)
        said = f" through {through}" if through else ""
        _tell(
            made, "asked", f"Asked{said} for the release of {rounds.told(order)}: {made.reason}", by=by, at=at
        )
    return made


def grant(
    release: Release,
    *,
    until: dt.date | None = None,
    words: str = "",
    conditions: str = "",
    by: User,
    at: dt.datetime,
) -> Release:
    """Let the order go until and with ``until``; when not given, for the working days of the rules, or as
    long as the promise is kept that it rests on. Twice has one effect. Raises ``Refused`` with every problem.
    """
    with _deciding(release, ReleaseState.GRANTED) as is_new:
        if not is_new:
            return release
        order, today = release.order, release.company.today(at=at)
        answer = checks.explain(order, today=today)
        pledge = pledges.of(release, answer, today=today)
        last = until or _usual_end(release.company, answer, pledge, today)
        verdict = Verdict(
            may_release=by.may(Deed.RELEASE_ORDERS),
            is_asker=by.pk == release.asked_by_id,
            is_salesperson=deciders.sells(by, order),
            is_director=deciders.is_director(by),
            worth=_worth(order, today),
            amount_max=answer.rules.release_amount_max,
            currency=release.company.currency,
            until=last,
            today=today,
            words=words,
            conditions=conditions,
            is_forced=ReasonCode.FORCED in answer.decision.codes,
            pledge=pledge,
            promises_lift=answer.rules.promises_lift,
            broken=promise_histories.broken_count(release.customer, today=today) if pledge else 0,
        )
        if problems := releasing.problems_of_granting(verdict):
            raise Refused(problems)
        release.until, release.amount, release.currency = last, order.amount, order.currency
        release.words, release.conditions = words.strip(), conditions.strip()
        _decide(release, ReleaseState.GRANTED, answer, by=by, at=at)
        Hold.objects.standing().filter(order=order).update(ended_at=at, ending=Ending.RELEASE)
        letters_overtaken.by_ends([release.hold_id], by=by, at=at)
        telling.decided(release, at=at)
        telling.freed(company=release.company, ended=[release.hold], by=by, at=at)
        under = f", under the condition: {release.conditions}" if release.conditions else ""
        _tell(
            release, "granted", f"Released {rounds.told(order)} until {last:%-d %B %Y}{under}", by=by, at=at
        )
    return release


def decline(release: Release, *, words: str, as_it_is: bool = False, by: User, at: dt.datetime) -> Release:
    """Decide against it, with a reason that whoever asked can pass on; what is known is kept beside it. Words
    that read like blame are asked about once: refused unless ``as_it_is``. Twice has one effect. Raises
    ``Refused``.
    """
    with _deciding(release, ReleaseState.DECLINED) as is_new:
        if not is_new:
            return release
        problems = releasing.problems_of_decider(
            may_release=by.may(Deed.RELEASE_ORDERS),
            is_asker=by.pk == release.asked_by_id,
            is_salesperson=deciders.sells(by, release.order),
        )
        problems += releasing.problems_of_declining(words, as_it_is=as_it_is)
        if problems:
            raise Refused(problems)
        release.words = words.strip()
        answer = checks.explain(release.order, today=release.company.today(at=at))
        _decide(release, ReleaseState.DECLINED, answer, by=by, at=at)
        telling.decided(release, at=at)
        _tell(
            release,
            "declined",
            f"Did not release {rounds.told(release.order)}: {release.words}",
            by=by,
            at=at,
        )
    return release


def withdraw(release: Release, *, by: User, at: dt.datetime) -> Release:
    """Whoever asked needs it no more. Twice has one effect. Raises ``Refused``."""
    with _deciding(release, ReleaseState.WITHDRAWN) as is_new:
        if not is_new:
            return release
        if by.pk != release.asked_by_id:
            raise Refused.because("not_yours", f"{release.asked_by} asked for it, so they take it back.")
        release.state, release.ended_at = ReleaseState.WITHDRAWN, at
        release.save()
        telling.settle(release, at=at)
        summary = f"Took back the request to release {rounds.told(release.order)}"
        _tell(release, "withdrawn", summary, by=by, at=at)
    return release


def look(hold: Hold, *, by: User, at: dt.datetime) -> Hold:
    """Somebody who may decide about it looks at a hold for the first time: from here on it is not unseen any
    more. Nobody else is concerned, so no event is written.
    """
    if is_first_look(hold, by=by):
        first = Hold.objects.filter(pk=hold.pk, first_looked_at__isnull=True)
        first.update(first_looked_at=at, first_looked_by=by)
        hold.refresh_from_db()
    return hold


def is_first_look(hold: Hold, *, by: User) -> bool:
    """Whether it counts that ``by`` looks at ``hold``: sales wait for somebody who could let the order go."""
    if hold.first_looked_at is not None or not hold.is_standing:
        return False
    return not releasing.problems_of_decider(
        may_release=by.may(Deed.RELEASE_ORDERS),
        is_asker=Release.objects.waiting().filter(order=hold.order_id, asked_by=by).exists(),
        is_salesperson=deciders.sells(by, hold.order),
    )


def waiting_for(user: User, *, company: Company) -> "QuerySet[Release]":
    """The requests that ``user`` may decide about, the oldest first."""
    if not user.may(Deed.RELEASE_ORDERS):
        return Release.objects.none()
    waiting = Release.objects.waiting().filter(company=company).exclude(asked_by=user)
    not_theirs = waiting.exclude(order__salesperson=user).exclude(customer__salesperson=user)
    return not_theirs.select_related("order", "customer", "asked_by", "hold").order_by("asked_at", "pk")


@contextmanager
def _deciding(release: Release, to: ReleaseState) -> Iterator[bool]:
    """Whether ``release`` is still to be decided; another end than ``to`` that was made is refused."""
    with checks.holding([release.customer_id]):
        release.refresh_from_db()
        if release.state not in (ReleaseState.ASKED, to):
            label = STATE_LABELS[ReleaseState(release.state)].lower()
            by = f", by {release.decided_by}" if release.decided_by else ""
            raise Refused.because("decided", f"This request has ended: {label}{by}.")
        yield release.state == ReleaseState.ASKED


def _decide(release: Release, to: ReleaseState, answer: Answer, *, by: User, at: dt.datetime) -> None:
    release.state, release.decided_by, release.decided_at = to, by, at
    figures = {"figures": figures_of(answer.facts), "rules": answer.rules_id}
    release.known = {**answer.decision.as_facts(), **figures}
    release.save()
    look(release.hold, by=by, at=at)


def _usual_end(company: Company, answer: Answer, pledge: Pledge | None, today: dt.date) -> dt.date:
    last = company.calendar.add(today, answer.rules.release_working_days)
    return min(last, pledge.pays_by) if pledge and pledge.pays_by else last


def _worth(order: Order, today: dt.date) -> Any:
    rate = exchange_rates.rates_on(company=order.company, day=today).get(order.currency)
    return None if rate is None else order.amount * rate


def _tell(release: Release, what: str, summary: str, *, by: User, at: dt.datetime) -> None:
    facts = {
        "release": release.pk,
        "order": release.order.number,
        "until": release.until.isoformat() if release.until else None,
    }
    if known := release.known:
        facts |= {
            "codes": [reason["code"] for reason in known["reasons"]],
            "figures": known["figures"],
            "rules": known["rules"],
        }
    what = f"release.{what}"
    events.record(
        what, summary, company=release.company, customer=release.customer, facts=facts, by=by, at=at
    )
