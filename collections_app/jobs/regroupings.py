"""Has a worker place a large company's customers anew and derive its chase list, after somebody decided.

What is wanted stands in the database. A worker that was told does it; one that was not, or that was
killed, is made good by the clock, which hands out again whatever is still wanted.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

from collections_app.chase import regroupings
from collections_app.chase.regroupings import Regrouping
from collections_app.holds import taking_effect
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company

_log = logging.getLogger(__name__)


@contextmanager
def following(*, company: Company, today: dt.date, at: dt.datetime) -> Iterator[None]:
    """``chase.regroupings.following``; once that is committed, orders that go by the rules of another segment
    are freed, or a worker is told of what was left for one.

    A broker that cannot be reached is no hindrance: the clock finds what is wanted within a minute or so.
    """
    with regroupings.following(company=company, today=today, at=at):
        yield
    transaction.on_commit(partial(_go_on, company, today, at), robust=True)


def _go_on(company: Company, today: dt.date, at: dt.datetime) -> None:
    if not Regrouping.objects.awaited().filter(company=company).exists():
        taking_effect.look_again(company=company, since=today, at=at)
        return
    try:
        tasks.follow_decisions.delay(company.pk)
    except OperationalError:
        _log.warning("The broker could not be told that a chase list is to follow.", exc_info=True)
