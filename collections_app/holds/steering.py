"""What a manager decides about all orders of one customer: hold them by hand and lift it again, set a rule
aside for a time, say until when the limit holds. Each is followed at once by a check of their orders.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from collections_app.activity import events
from collections_app.holds import checks
from collections_app.holds.customer_terms import CreditTerm, ForcedHold, HoldExclusion
from collections_app.holds.rules import steering
from collections_app.holds.rules.ordering import Moment
from collections_app.holds.rules.reasons import REASON_LABELS, ReasonCode
from collections_app.holds.rules.steering import WishedExclusion
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
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
    """Orders are held only for what the rules say again. Twice has one effect. Raises ``Refused``."""
    with _about(forced.customer, by=by, at=at):
        forced.refresh_from_db()
        if forced.ended_at is not None:
            return forced
        problems = steering.problems_of_deed(
            may_release=by.may(Deed.RELEASE_ORDERS),
            reason=because,
            is_salesperson=by.pk == forced.customer.salesperson_id,
        )
        if problems:
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
    """Set a rule (by its code; empty for every rule) aside for ``customer``, up to and with ``until``. The
    same ``form_key`` twice gives the one that is there. Raises ``Refused`` with every problem.
    """
    with _about(customer, by=by, at=at):
        if form_key and (written := HoldExclusion.objects.filter(form_key=form_key).first()):
            return written
        wish = WishedExclusion(
            may_release=by.may(Deed.RELEASE_ORDERS),
            is_salesperson=by.pk == customer.salesperson_id,
            code=code,
            until=until,
            today=customer.company.today(at=at),
            reason=reason,
        )
        if problems := steering.problems_of_exclusion(wish):
            raise Refused(problems)
        made = HoldExclusion.objects.create(
            company=customer.company,
            customer=customer,
            code=code,
            until=until,
            reason=reason.strip(),
            made_by=by,
            made_at=at,
            form_key=form_key,
        )
        text = f"Set aside until {until:%-d %B %Y}: {_rule(code)}. {made.reason}"
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
    """Until and with which day the customer's credit limit holds; None: it does not expire. Raises
    ``Refused``.
    """
    with _about(customer, by=by, at=at):
        require(by, Deed.RELEASE_ORDERS)
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
    """Nobody else decides on their orders meanwhile; afterwards they are checked again."""
    with checks.holding([customer.pk]):
        yield
        checks.recheck(company=customer.company, customers=[customer.pk], moment=Moment.PERSON, by=by, at=at)


def _rule(code: str) -> str:
    return f"the rule “{REASON_LABELS[ReasonCode(code)].lower()}”" if code else "every rule that holds orders"


def _tell(customer: Customer, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    events.record(what, summary, company=customer.company, customer=customer, by=by, at=at)
