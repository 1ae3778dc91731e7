"""A day of a soak: people work, something is struck every few seconds, and after each all is proven."""

import random
import time
from collections.abc import Callable, Collection
from typing import Any

from django.db import connection

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageState
from collections_app.intake.received import Batch
from collections_app.intake.rules import BatchState
from collections_app.lib import clock
from collections_app.management.soaking import filling, grounds, people, proofs, strikes, tally
from collections_app.management.soaking.filling import Filled
from collections_app.management.soaking.grounds import Grounds
from collections_app.management.soaking.journal import Journal
from collections_app.management.soaking.people import Person
from collections_app.management.soaking.tally import Tally
from collections_app.management.soaking.watching import Watch

PAUSES_SECONDS = (1.0, 3.0)
# At the end what was asked for is waited for: the last message may have its seconds to be called back.
SETTLES_SECONDS_MAX = 30.0
_LOOK_SECONDS = 0.5


def soak(
    *, minutes: float, count: int, seed: int, only: Collection[str], say: Callable[[str], None]
) -> dict[str, Any]:
    """The facts of it. Every strike comes once at least, however long that takes."""
    with grounds.laid_out() as ground:
        say("A ledger, and a night")
        filled = filling.fill(at=clock.now())
        connection.close()
        ground.start()
        try:
            return _day(ground, filled, minutes=minutes, count=count, seed=seed, only=only, say=say)
        finally:
            ground.stop()


def _day(
    ground: Grounds,
    filled: Filled,
    *,
    minutes: float,
    count: int,
    seed: int,
    only: Collection[str],
    say: Callable[[str], None],
) -> dict[str, Any]:
    journal, told, chance = Journal(), Tally(), random.Random(seed)
    watch = Watch(ground, journal, filled)
    watch.until_up()
    colleagues: list[Person] = people.of(filled, count=count)
    with people.at_work(colleagues, filled, journal, port=ground.port, seed=seed):
        watch.until_well()
        ends = time.monotonic() + 60 * minutes
        for struck, strike in enumerate(strikes.plan(seed, only)):
            if time.monotonic() >= ends and struck >= strikes.count(only):
                break
            time.sleep(chance.uniform(*PAUSES_SECONDS))
            say(strike.name)
            with journal.strike(strike.name, may_fail=strike.may_fail):
                strike.hit(ground, lambda strike=strike: watch.meanwhile(strike))  # type: ignore[misc]
                told.struck(strike.name, watch.until_well())
            told.proven(proofs.prove(journal.known(), ground.mails), after=strike.name)
    say("What was asked for is waited for")
    waits = _settled()
    found = proofs.prove(journal.known(), ground.mails)
    told.proven(found, after="all of it")
    return tally.facts(told, journal, found, waits)


def _settled() -> dict[str, int]:
    """What is still to be done when nothing more happens, or has to wait for its time; with how many."""
    ends = time.monotonic() + SETTLES_SECONDS_MAX
    while (waits := _waiting()) and time.monotonic() < ends:
        time.sleep(_LOOK_SECONDS)
    return waits


def _waiting() -> dict[str, int]:
    due = Message.objects.filter(
        state__in=[MessageState.QUEUED, MessageState.SENDING], next_attempt_at__lte=clock.now()
    )
    files = Batch.objects.filter(state__in=[BatchState.RECEIVED, BatchState.CHECKING, BatchState.APPLYING])
    counted = {"messages": due.count(), "files": files.count()}
    return {what: number for what, number in counted.items() if number}
