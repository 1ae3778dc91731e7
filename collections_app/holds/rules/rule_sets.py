"""A set of hold rules: which rules hold an order, with their settings, and how one may be released. Pure.

A set stands for a company, a segment or one customer; the nearest one holds wholly. A rule that is None is
switched off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from collections_app.lib import money
from collections_app.lib.refusals import Problem

OVERDUE_DAYS = 90
OVERDUE_DAYS_MAX = 720
PERCENT = 100
PERCENT_MAX = 1000
BROKEN_PROMISES = 3
BROKEN_PROMISES_MAX = 20
RELEASE_WORKING_DAYS = 5
RELEASE_WORKING_DAYS_MAX = 60
CLASS_LETTERS_MAX = 40
EXEMPTIONS_MAX = 30
# What a manager releases until a company says otherwise, where the smallest coin is a hundredth or less.
RELEASE_AMOUNT = Decimal(25_000)
AMOUNT_MAX = Decimal(10) ** (money.MAX_DIGITS - money.DECIMAL_PLACES - 1)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A class of orders that is never held but by a person, such as medical goods, and who answers for it."""

    code: str
    owner: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What holds an order, and how one may be released. Amounts are in the company's currency.

    ``overdue_days``: held when an invoice is more days overdue, after what nobody contests was netted with
    unallocated cash. ``limit_percent`` and ``group_percent``: when more of a limit is used.
    ``overdue_amount``: when more is overdue. ``broken_promises``: from so many in a year on, while something
    of what was promised is unpaid. ``holds_expired_limit`` and ``holds_first_order``: when anything is on
    credit at all. ``promises_lift``: whether somebody who may release may do so on a promise to pay.
    ``release_amount_max``: the largest order that a manager releases; above it the finance director does.
    """

    overdue_days: int | None = OVERDUE_DAYS
    limit_percent: int | None = PERCENT
    group_percent: int | None = PERCENT
    overdue_amount: Decimal | None = None
    broken_promises: int | None = BROKEN_PROMISES
    holds_expired_limit: bool = True
    holds_first_order: bool = False
    exemptions: tuple[Exemption, ...] = ()
    promises_lift: bool = False
    release_working_days: int = RELEASE_WORKING_DAYS
    release_amount_max: Decimal | None = None

    def exemption_of(self, exemption_class: str) -> Exemption | None:
        """That which orders of this class are under; capitals make no difference."""
        wanted = exemption_class.strip().casefold()
        return next((each for each in self.exemptions if wanted and each.code.casefold() == wanted), None)


def usual(currency: str) -> RuleSet:
    """The rules of a company whose currency that is, until it says otherwise."""
    coins = 1 if money.minor_units(currency) else 100
    return RuleSet(release_amount_max=RELEASE_AMOUNT * coins)


def problems_of(rules: RuleSet) -> list[Problem]:
    """Everything that is wrong with a set; empty when it may be published."""
    found = [
        *_outside("overdue_days", rules.overdue_days, 0, OVERDUE_DAYS_MAX, "days overdue"),
        *_outside("limit_percent", rules.limit_percent, 1, PERCENT_MAX, "per cent of the limit"),
        *_outside("group_percent", rules.group_percent, 1, PERCENT_MAX, "per cent of the group's limit"),
        *_outside("broken_promises", rules.broken_promises, 1, BROKEN_PROMISES_MAX, "broken promises"),
        *_outside(
            "release_working_days",
            rules.release_working_days,
            1,
            RELEASE_WORKING_DAYS_MAX,
            "working days of a release",
        ),
        *_wrong_amount("overdue_amount", rules.overdue_amount),
        *_wrong_amount("release_amount_max", rules.release_amount_max),
    ]
    codes = [each.code.casefold() for each in rules.exemptions]
    if len(set(codes)) < len(codes):
        found.append(Problem("exemptions", "A class of orders stands in the list twice."))
    if len(codes) > EXEMPTIONS_MAX:
        found.append(Problem("exemptions", f"At most {EXEMPTIONS_MAX} classes of orders are exempt."))
    for each in rules.exemptions:
        if not each.code.strip() or len(each.code) > CLASS_LETTERS_MAX or not each.owner.strip():
            text = f"An exempt class has up to {CLASS_LETTERS_MAX} letters, and somebody answers for it."
            found.append(Problem("exemptions", text))
    return found


def write(rules: RuleSet) -> dict[str, Any]:
    """As it is kept: amounts as text."""
    return {
        "overdue_days": rules.overdue_days,
        "limit_percent": rules.limit_percent,
        "group_percent": rules.group_percent,
        "overdue_amount": _text(rules.overdue_amount),
        "broken_promises": rules.broken_promises,
        "holds_expired_limit": rules.holds_expired_limit,
        "holds_first_order": rules.holds_first_order,
        "exemptions": [{"code": each.code, "owner": each.owner} for each in rules.exemptions],
        "promises_lift": rules.promises_lift,
        "release_working_days": rules.release_working_days,
        "release_amount_max": _text(rules.release_amount_max),
    }


def read(kept: Mapping[str, Any]) -> RuleSet:
    """The set that was written; a rule that was not known then is as usual."""
    known = {name: kept[name] for name in write(RuleSet()) if name in kept}
    for name in ("overdue_amount", "release_amount_max"):
        if known.get(name) is not None:
            known[name] = Decimal(known[name])
    known["exemptions"] = tuple(
        Exemption(each["code"], each["owner"]) for each in known.get("exemptions", ())
    )
    return RuleSet(**known)


def _outside(code: str, value: int | None, least: int, most: int, words: str) -> list[Problem]:
    if value is None or least <= value <= most:
        return []
    return [Problem(code, f"The number of {words} is from {least} to {most}.")]


def _wrong_amount(code: str, value: Decimal | None) -> list[Problem]:
    try:
        is_right = value is None or 0 <= value < AMOUNT_MAX
    except InvalidOperation:  # a number that is none compares with nothing
        is_right = False
    return [] if is_right else [Problem(code, "An amount is not below zero, and has at most 14 digits.")]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
