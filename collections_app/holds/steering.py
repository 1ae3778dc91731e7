"""What a manager decides about all orders of one customer: hold them by hand and lift it again, set a rule
aside for a time, say until when the limit holds. Each is followed at once by a check of their orders.

Whoever could not release an order does not free it here either: not who sells to the customer, nor who asked
for a release; and a manager lifts a hold or sets rules aside only for orders that they release alone.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from collections_app.activity import events
from collections_app.holds import checks, deciders, facts
from collections_app.holds.customer_terms import CreditTerm, ForcedHold, HoldExclusion
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules import steering
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.ordering import Moment
from collections_app.holds.rules.reasons import REASON_LABELS, ReasonCode
from collections_app.holds.rules.steering import WishedExclusion
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def force(
    customer: Customer, *, reason: str, form_key: UUID | None = None, by: User, at: dt.datetime
) -> ForcedHold:
    """Hold every order of ``customer`` until a person lifts it. One stands at a time: forcing again gives the
    one that is there. Raises ``Refused`` with every problem.
    """
    with _about(customer, by=by, at=at):
        if form_key and (written := ForcedHold.objects.filter(form_key=form_key).first()):
            return written
        if problems := steering.problems_of_deed(may_release=by.may(Deed.RELEASE_ORDERS), reason=reason):
            raise Refused(problems)
        if standing := ForcedHold.objects.standing().filter(customer=customer).first():
            return standing
        made = ForcedHold.objects.create(
            company=customer.company,
            customer=customer,
            reason=reason.strip(),
            placed_by=by,
            placed_at=at,
            form_key=form_key,
        )
        _tell(customer, "hold.forced", f"Put all orders on hold: {made.reason}", by=by, at=at)
        return made


def lift(forced: ForcedHold, *, because: str, by: User, at: dt.datetime) -> ForcedHold:
    """Orders are held only for what the rules say again. What that frees at once, whoever lifts it could have
    released. Twice has one effect. Raises ``Refused``.
    """
    with _about(forced.customer, by=by, at=at):
        forced.refresh_from_db()
        if forced.ended_at is not None:
            return forced
        if problems := _problems_of_lifting(forced.customer, because, by, at):
            raise Refused(problems)
        forced.ended_by, forced.ended_at, forced.because = by, at, because.strip()
        forced.save()
        text = f"Lifted the hold of all orders ({forced.reason}): {forced.because}"
        _tell(forced.customer, "hold.lifted", text, by=by, at=at)
        return forced


def exclude(
    customer: Customer,
    *,
    code: str = "",
    until: dt.date,
    reason: str,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> HoldExclusion:
    """Set a rule (by its code; empty for every rule) aside for ``customer``, up to and with ``until``, for
    orders up to the amount that ``by`` releases alone. The same ``form_key`` twice gives the one that is
    there. Raises ``Refused`` with every problem.
    """
    with _about(customer, by=by, at=at):
        if form_key and (written := HoldExclusion.objects.filter(form_key=form_key).first()):
            return written
        today = customer.company.today(at=at)
        wish = WishedExclusion(
            may_release=by.may(Deed.RELEASE_ORDERS),
            is_salesperson=deciders.sells_to(by, customer),
            is_asker=deciders.has_asked(by, customer),
            code=code,
            until=until,
            today=today,
            reason=reason,
        )
        if problems := steering.problems_of_exclusion(wish):
            raise Refused(problems)
        most = deciders.most_alone(by, customer, today=today)
        made = HoldExclusion.objects.create(
            company=customer.company,
            customer=customer,
            code=code,
            until=until,
            amount_max=most,
            currency="" if most is None else customer.company.currency,
            reason=reason.strip(),
            made_by=by,
            made_at=at,
            form_key=form_key,
        )
        up_to = "" if most is None else f" for orders up to {money.shown(most, made.currency)}"
        text = f"Set aside until {until:%-d %B %Y}{up_to}: {_rule(code)}. {made.reason}"
        _tell(customer, "hold_exclusion.made", text, by=by, at=at)
        return made


def end_exclusion(exclusion: HoldExclusion, *, by: User, at: dt.datetime) -> HoldExclusion:
    """The rule holds again before the day. Twice has one effect. Raises ``Refused``."""
    with _about(exclusion.customer, by=by, at=at):
        exclusion.refresh_from_db()
        if exclusion.ended_at is not None:
            return exclusion
        require(by, Deed.RELEASE_ORDERS)
        exclusion.ended_by, exclusion.ended_at = by, at
        exclusion.save()
        text = f"No longer set aside: {_rule(exclusion.code)}"
        _tell(exclusion.customer, "hold_exclusion.ended", text, by=by, at=at)
        return exclusion


def set_expiry(customer: Customer, *, on: dt.date | None, by: User | None, at: dt.datetime) -> CreditTerm:
    """Until and with which day the customer's credit limit holds; None: it does not expire. A later day frees
    orders, so it takes whoever may free those that wait. Raises ``Refused`` with every problem.
    """
    with _about(customer, by=by, at=at):
        require(by, Deed.RELEASE_ORDERS)
        if by is not None and (problems := _problems_of_expiry(customer, on, by, at)):
            raise Refused(problems)
        term, is_new = CreditTerm.objects.get_or_create(
            customer=customer, defaults={"limit_expires_on": on, "set_by": by, "set_at": at}
        )
        if not is_new and term.limit_expires_on == on:
            return term
        term.limit_expires_on, term.set_by, term.set_at = on, by, at
        term.save()
        text = f"The credit limit holds until {on:%-d %B %Y}" if on else "The credit limit does not expire"
        _tell(customer, "credit_term.set", text, by=by, at=at)
        return term


@contextmanager
def _about(customer: Customer, *, by: User | None, at: dt.datetime) -> Iterator[None]:
    """Nobody else decides on their orders meanwhile; afterwards they are checked again, and what waits of
    those who share their limit.
    """
    with checks.holding([customer.pk]):
        yield
        company, whose = customer.company, [customer.pk]
        checks.recheck(company=company, customers=whose, moment=Moment.PERSON, by=by, at=at)
        checks.recheck_waiting(company=company, customers=whose, moment=Moment.PERSON, by=by, at=at)


def _problems_of_lifting(customer: Customer, because: str, by: User, at: dt.datetime) -> list[Problem]:
    today = customer.company.today(at=at)
    most = deciders.most_alone(by, customer, today=today)
    too_large = deciders.above(_waiting(customer), most, company=customer.company, today=today)
    if too_large:
        known = facts.known_of(company=customer.company, customers=[customer.pk], today=today)[customer.pk]
        rules = known.in_force.rules
        decided = [(each, decide(known.about(each), rules)) for each in too_large]
        too_large = [each for each, decision in decided if set(decision.codes) <= {ReasonCode.FORCED}]
    return steering.problems_of_lifting(
        may_release=by.may(Deed.RELEASE_ORDERS),
        reason=because,
        is_salesperson=deciders.sells_to(by, customer),
        is_asker=deciders.has_asked(by, customer),
        too_large=too_large[0].number if too_large else "",
        most="" if most is None else money.shown(most, customer.company.currency),
    )


def _waiting(customer: Customer) -> list[Order]:
    return list(Order.objects.filter(customer=customer, holds__in=Hold.objects.standing()).in_order())


def _problems_of_expiry(customer: Customer, on: dt.date | None, by: User, at: dt.datetime) -> list[Problem]:
    term, today = CreditTerm.objects.filter(customer=customer).first(), customer.company.today(at=at)
    known = term.limit_expires_on if term else None
    most = deciders.most_alone(by, customer, today=today)
    too_large = deciders.above(_waiting(customer), most, company=customer.company, today=today)
    return steering.problems_of_expiry(
        may_release=by.may(Deed.RELEASE_ORDERS),
        is_salesperson=deciders.sells_to(by, customer),
        is_asker=deciders.has_asked(by, customer),
        is_later=known is not None and (on is None or on > known),
        too_large=too_large[0].number if too_large else "",
        most="" if most is None else money.shown(most, customer.company.currency),
    )


def _rule(code: str) -> str:
    return f"the rule “{REASON_LABELS[ReasonCode(code)].lower()}”" if code else "every rule that holds orders"


def _tell(customer: Customer, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    events.record(what, summary, company=customer.company, customer=customer, by=by, at=at)
