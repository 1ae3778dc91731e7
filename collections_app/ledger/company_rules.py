"""What a company's set-up must look like. Pure."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collections_app.lib import day_spans, iso_codes, working_days
from collections_app.lib.refusals import Problem

CODE_CHARACTERS_MAX = 20
STALE_HOURS_MAX = 24 * 60
# Where nobody said; days of rest do not count. So many files, and they are taken to come regularly.
BANK_STALE_HOURS = 72
BANK_FILES_REGULAR = 3
NAME_CHARACTERS_MAX = 200
# How long after its day a promise to pay is still kept, late: a bank transfer needs that; in working days.
PROMISE_GRACE_DAYS = 2
PROMISE_GRACE_DAYS_MAX = 20
# From this share of the promised money on it counts as kept: bank charges do not break a promise.
KEPT_SHARE = Decimal("0.98")
KEPT_SHARE_MIN = Decimal("0.5")
# How often a customer hears from us at most, over all of us and by whichever channel, in so many days.
TOUCHES_MAX = 2
TOUCH_DAYS = 7
TOUCHES_MOST = 20
TOUCH_DAYS_MOST = 60
# When messages reach a customer, by their own clock.
CONTACT_HOURS = "09:00-12:00, 13:30-17:00"
CONTACT_HOURS_LETTERS_MAX = 60
# Where a company's screens would hide behind those of the whole product.
RESERVED_CODES = frozenset(
    {"answer", "api", "healthz", "metrics", "preferences", "readyz", "setup", "sign-in", "sign-out", "static"}
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Sending:
    """When, how often and on how new figures a company's messages leave. ``bank_stale_after_hours`` is 0
    where payments come with the ledger itself, and None where nobody said (``payments_limit``).
    """

    touches_max: int
    touch_days: int
    contact_hours: str
    bank_stale_after_hours: int | None


def payments_limit(
    told: int | None, *, files: int, files_until: dt.datetime | None, lists_until: dt.datetime | None
) -> tuple[int | None, dt.datetime | None]:
    """After how many hours news of payments is old, None for never; and up to which moment there is news.

    What somebody ``told`` is asked of files of payments. Where nobody did, it is asked of them once they come
    regularly: then that none comes means that something is broken. Until then a list of open items is news of
    payments too, so that a company whose payments come with it needs no setting.
    """
    if told is not None:
        return told or None, files_until
    if files >= BANK_FILES_REGULAR:
        return BANK_STALE_HOURS, files_until
    news = [until for until in (files_until, lists_until) if until]
    return (BANK_STALE_HOURS, max(news)) if news else (None, None)


def is_time_zone(name: str) -> bool:
    """Whether ``name`` is an IANA time zone that this machine knows, such as ``Europe/Berlin``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


def problems_of(*, code: str, name: str, currency: str, time_zone: str, country: str) -> list[Problem]:
    """Everything that is wrong with the set-up of a company; empty when it may be created."""
    problems = []
    if not _CODE.fullmatch(code) or len(code) > CODE_CHARACTERS_MAX:
        problems.append(
            Problem(
                "code",
                f"“{code}” cannot be a company's code. Use up to {CODE_CHARACTERS_MAX} letters, digits, "
                "hyphens and underscores, beginning with a letter or digit.",
            )
        )
    if code.lower() in RESERVED_CODES:
        text = f"“{code}” is an address of the workbench itself. Choose another code."
        problems.append(Problem("code", text))
    if not name.strip() or len(name) > NAME_CHARACTERS_MAX or not name.isprintable():
        problems.append(
            Problem("name", f"A company needs a name of up to {NAME_CHARACTERS_MAX} letters on one line.")
        )
    if not iso_codes.is_currency(currency):
        problems.append(
            Problem("currency", f"“{currency}” is not a currency. Use its three capitals, like USD or EUR.")
        )
    if not is_time_zone(time_zone):
        problems.append(
            Problem(
                "time_zone",
                f"“{time_zone}” is not a time zone. Use a name like Europe/Berlin, America/New_York or UTC.",
            )
        )
    if country and not iso_codes.is_country(country):
        problems.append(
            Problem("country", f"“{country}” is not a country. Use its two capitals, like US or DE.")
        )
    return problems


def problems_of_habits(
    *,
    country: str,
    subdivision: str,
    weekend: Collection[int],
    stale_after_hours: int,
    total_move_share: Decimal,
) -> list[Problem]:
    """Everything that is wrong with how a company works: its rest days, and when its figures count as
    doubtful.
    """
    problems = []
    if subdivision and subdivision not in working_days.subdivisions(country):
        known = ", ".join(sorted(working_days.subdivisions(country)))
        there_are = (
            f"There are: {known}." if known else "Its holidays are the same everywhere; leave it empty."
        )
        text = (
            f"“{subdivision}” is not a part of {country or 'a country'} with holidays of its own. {there_are}"
        )
        problems.append(Problem("subdivision", text))
    if not set(weekend) <= set(range(7)) or len(set(weekend)) == 7:
        problems.append(Problem("weekend", "At least one day of the week must be worked."))
    if not 1 <= stale_after_hours <= STALE_HOURS_MAX:
        problems.append(
            Problem("stale_after_hours", f"Figures count as old after 1 to {STALE_HOURS_MAX} hours.")
        )
    if not 0 < total_move_share <= 1:
        problems.append(
            Problem("total_move_share", "An import asks first from a share between 0 and 100 per cent.")
        )
    return problems


def problems_of_promises(*, grace_days: int, kept_share: Decimal) -> list[Problem]:
    """Everything that is wrong with when promises to pay count as kept."""
    problems = []
    if not 0 <= grace_days <= PROMISE_GRACE_DAYS_MAX:
        problems.append(
            Problem(
                "promise_grace_days", f"The grace of a promise is 0 to {PROMISE_GRACE_DAYS_MAX} working days."
            )
        )
    if not KEPT_SHARE_MIN <= kept_share <= 1:
        problems.append(
            Problem(
                "promise_kept_share", "A promise counts as kept from a share between 50 and 100 per cent."
            )
        )
    return problems


def problems_of_sending(sending: Sending) -> list[Problem]:
    """Everything that is wrong with when and how often messages leave."""
    problems = []
    if not 1 <= sending.touches_max <= TOUCHES_MOST:
        problems.append(
            Problem(
                "touches_max", f"A customer may hear from us 1 to {TOUCHES_MOST} times in the days you set."
            )
        )
    if not 1 <= sending.touch_days <= TOUCH_DAYS_MOST:
        problems.append(Problem("touch_days", f"Touches are counted over 1 to {TOUCH_DAYS_MOST} days."))
    try:
        day_spans.parse(sending.contact_hours)
    except ValueError as wrong:
        problems.append(Problem("contact_hours", str(wrong)))
    limit = sending.bank_stale_after_hours
    if limit is not None and not 0 <= limit <= STALE_HOURS_MAX:
        text = (
            f"News of payments counts as old after 1 to {STALE_HOURS_MAX} hours; with 0 it never does, and "
            f"when left empty after {BANK_STALE_HOURS}."
        )
        problems.append(Problem("bank_stale_after_hours", text))
    return problems
