"""The worker's part of a regrouping: one at a time for a company, until its chase list follows everything."""

import datetime as dt
import logging
import time

from collections_app.chase import regroupings
from collections_app.chase.regroupings import Regrouping
from collections_app.holds import taking_effect
from collections_app.jobs import failures
from collections_app.ledger.companies import Company
from collections_app.lib import turns

_log = logging.getLogger(__name__)
# A change that is older and still wanted was told to nobody, or whoever was told is gone.
FORGOTTEN_AFTER_SECONDS = 30


def run(*, company: Company, at: dt.datetime) -> None:
    """Derive until nothing is wanted, unless another worker is at it. A failure is written down and leaves it
    wanted.

    Who finds another at it goes away; so whoever was at it looks once more after giving up the turn, or a
    change that was made in between would have to wait for the clock.
    """
    began = time.monotonic()
    is_well = True
    while is_well and Regrouping.objects.awaited().filter(company=company).exists():
        with turns.held("regrouping", company.pk, wait=False) as is_ours:
            if not is_ours:
                return
            is_well = _follow(company, at + dt.timedelta(seconds=time.monotonic() - began))


def forgotten(*, at: dt.datetime) -> list[int]:
    """Companies (ids) whose list nobody may be deriving though it is wanted."""
    before = at - dt.timedelta(seconds=FORGOTTEN_AFTER_SECONDS)
    awaited = Regrouping.objects.awaited().filter(wanted_at__lt=before)
    return list(awaited.order_by("wanted_at").values_list("company", flat=True))


def _follow(company: Company, at: dt.datetime) -> bool:
    today = company.today(at=at)
    try:
        regroupings.follow(company=company, today=today, at=at)
    except Exception as error:  # whatever it was, people read it and the clock tries again
        _log.exception("The chase list of %s could not follow.", company.code)
        regroupings.fail(company=company, error=failures.sentence(error))
        return False
    # Whoever is in another segment now may stand under looser rules.
    taking_effect.look_again(company=company, since=today, at=at)
    return True
