"""Who is there, and what each of them does: one thread for each, until the day is over."""

import itertools
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from collections_app.management.soaking import acts
from collections_app.management.soaking.browser import Browser
from collections_app.management.soaking.desk import Desk
from collections_app.management.soaking.filling import Filled
from collections_app.management.soaking.journal import Journal

Deed = Callable[[Desk], None]
# One of each of these; everybody else collects.
PEOPLE_MIN = 5
_COLLECTS = (acts.log_promise, acts.log_contact, acts.raise_dispute, acts.snooze, acts.ask_colleague)
_MANAGES = (acts.approve_reminders, acts.log_contact)
_IMPORTS = (acts.import_payments,)
_SELLS = (acts.look_at_holds,)
_SHOP = (acts.state_order,)
PAUSES_SECONDS = (0.5, 2.5)
_LEAVES_WITHIN_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, or without one a machine with a token."""

    username: str
    deeds: tuple[Deed, ...]


def of(filled: Filled, *, count: int) -> list[Person]:
    """So many."""
    others = [
        Person(filled.manager, _MANAGES),
        Person(filled.manager, _IMPORTS),
        Person(filled.salesperson, _SELLS),
        Person("", _SHOP),
    ]
    names = itertools.islice(itertools.cycle(filled.collectors), max(1, count - len(others)))
    return [*others, *(Person(name, _COLLECTS) for name in names)]


@contextmanager
def at_work(
    people: list[Person], filled: Filled, journal: Journal, *, port: int, seed: int
) -> Iterator[list[Desk]]:
    """They work while the block lasts, and finish what they are at. Everybody is signed in when it begins."""
    is_over = threading.Event()
    desks = [
        Desk(_browser(one, filled, port), filled, journal, random.Random(f"{seed} {place}"), is_over)
        for place, one in enumerate(people)
    ]
    for desk, one in zip(desks, people, strict=True):
        if one.username:
            desk.sign_in(one.username)
    threads = [
        threading.Thread(target=_work, args=(desk, one.deeds), daemon=True)
        for desk, one in zip(desks, people, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield desks
    finally:
        is_over.set()
        for thread in threads:
            thread.join(_LEAVES_WITHIN_SECONDS)
        if any(thread.is_alive() for thread in threads):
            journal.breach("Somebody still waits for an answer.")


def _browser(one: Person, filled: Filled, port: int) -> Browser:
    return Browser(port) if one.username else Browser(port, {"Authorization": f"Bearer {filled.token}"})


def _work(desk: Desk, deeds: tuple[Deed, ...]) -> None:
    try:
        while not desk.is_over.wait(desk.chance.uniform(*PAUSES_SECONDS)):
            desk.chance.choice(deeds)(desk)
    except Exception as error:
        desk.journal.breach(f"Somebody stopped working: {error!r}.")
        raise
