"""A crowd at work: two hundred collectors who each act four times a minute, whatever the server still does.

What somebody waits counts from the moment at which they act. A server that falls behind is therefore seen as
it is by people, and cannot slow down those who measure it. One thread acts for all of them.

They act each for themselves. People who came at once would act at once every quarter of a minute, and who
measured them would measure that.
"""

import heapq
import itertools
import logging
import random
import re
import selectors
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse

from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks.requests import SILENCE_SECONDS_MAX, Asker
from collections_app.people.users import User

PEOPLE_MAX = 200
# On average; somebody is now quicker and now slower by up to a third.
SECONDS_BETWEEN_ACTS = 15.0
# The list, a customer, two calls, a search: people come while one round lasts, each to be elsewhere in it.
ROUND_SECONDS = 5 * SECONDS_BETWEEN_ACTS
SEED = 11
# So long at most between two looks at whether it still goes on.
LOOK_SECONDS = 0.1
WELCOME = (200, 204, 303)
LIST, CUSTOMER, LOGGED, SEARCH = "chase list", "page of a customer", "contact logged", "search"
CLAIM, READ_BACK = "customer claimed", "summary read back"
KINDS = (LIST, CUSTOMER, LOGGED, SEARCH, CLAIM, READ_BACK)
_FORM_OF = re.compile(r'/customers/(\d+)/contacts/"')
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?')
_LINK = re.compile(r'href="(/[^"]*/customers/\d+/)"')


@dataclass(frozen=True, slots=True)
class Step:
    """One request of somebody: what it is counted as, and whether it begins an act or follows at once."""

    kind: str
    path: str
    form: dict[str, str] | None = None
    is_part: bool = False
    begins: bool = True


# Gives steps, is sent what the server answered; the last answer is its own.
Work = Generator[Step, str, str]


@dataclass(slots=True)
class Person:
    """Somebody who is signed in, what they do, and when they do it next."""

    cookies: str
    token: str
    work: Work
    chance: random.Random
    due: float
    step: Step
    waited: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def request(self) -> bytes:
        """What their browser sends."""
        step, body = self.step, b""
        lines = [f"{'GET' if step.form is None else 'POST'} {step.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"Cookie: {self.cookies}", "Connection: close"]
        if step.is_part:
            lines.append("HX-Request: true")
        if step.form is not None:
            body = urlencode(step.form).encode()
            lines += [f"X-CSRFToken: {self.token}", f"Content-Length: {len(body)}"]
            lines.append("Content-Type: application/x-www-form-urlencoded")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def go_on(self, answer: str, *, now: float) -> None:
        """Note what was waited, and find what comes next: at once, or when it is time for another act."""
        self.waited[self.step.kind].append(now - self.due)
        begun, self.step = self.due, self.work.send(answer)
        pause = SECONDS_BETWEEN_ACTS * self.chance.uniform(2 / 3, 4 / 3)
        self.due = max(now, begun + pause) if self.step.begins else now


def of(people: Iterable[User], company: str) -> list[Person]:
    """They sign in; work begins when they ``come``."""
    chance = random.Random(SEED)
    logging.disable(logging.INFO)
    try:
        return [
            _person(user, company, chance) for user in itertools.islice(itertools.cycle(people), PEOPLE_MAX)
        ]
    finally:
        logging.disable(logging.NOTSET)


def come(people: Iterable[Person]) -> None:
    """From now on, one after the other while a round lasts."""
    now = time.perf_counter()
    for person in people:
        person.due = now + person.chance.random() * ROUND_SECONDS


def within(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds are not over yet."""
    ends = time.perf_counter() + seconds
    return lambda: time.perf_counter() < ends


def watch(people: Sequence[Person], port: int, *, goes_on: Callable[[], bool]) -> dict[str, list[float]]:
    """What everybody waits, by kind, while it ``goes_on``; what has begun by then is waited for. Raises
    ``Refused`` for a bad answer.
    """
    begins = time.perf_counter()
    for person in people:
        person.due = max(person.due, begins)
        person.waited.clear()
    coming = [(person.due, place) for place, person in enumerate(people)]
    heapq.heapify(coming)
    with selectors.DefaultSelector() as watched:
        while (is_on := goes_on()) or watched.get_map():
            if is_on:
                _send_off(coming, people, watched, port)
            for key, _ in watched.select(_pause(coming) if is_on else SILENCE_SECONDS_MAX):
                asker: Asker = key.data
                if not asker.hear(watched):
                    continue
                now, place = time.perf_counter(), asker.whose
                person = people[place]
                asker.leave(watched)
                person.go_on(asker.told(), now=now)
                heapq.heappush(coming, (person.due, place))
    return {kind: [each for person in people for each in person.waited[kind]] for kind in KINDS}


def _pause(coming: Sequence[tuple[float, int]]) -> float:
    """Until the next act, and never so long that the end of it all is missed."""
    until = coming[0][0] - time.perf_counter() if coming else LOOK_SECONDS
    return min(max(0.0, until), LOOK_SECONDS)


def _send_off(
    coming: list[tuple[float, int]], people: Sequence[Person], watched: selectors.BaseSelector, port: int
) -> None:
    """Everything that is due by now."""
    while coming and coming[0][0] <= time.perf_counter():
        _, place = heapq.heappop(coming)
        Asker(port, people[place].request(), 1, WELCOME, place).ask(watched)


def _person(user: User, company: str, chance: random.Random) -> Person:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get(reverse("chase_list", args=[company]))
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    own = random.Random(chance.random())
    does = work(company, own)
    return Person(cookies, token, does, own, due=0.0, step=next(does))


def work(company: str, chance: random.Random) -> Work:
    """What a collector does all day: the list, a customer, what came of two calls, a look for somebody."""
    while True:
        page = yield Step(LIST, reverse("chase_list", args=[company]))
        links = _LINK.findall(page)
        if not links:
            raise Refused.because("empty_page", "The chase list of somebody in the crowd is empty.")
        page = yield Step(CUSTOMER, chance.choice(links))
        for _ in range(2):
            page = yield from _call(company, page)
            if not _FORM_OF.search(page):
                break
        words = urlencode({"q": f"cust {chance.randrange(1000)}"})
        yield Step(SEARCH, f"{reverse('search', args=[company])}?{words}", is_part=True)


def _call(company: str, page: str) -> Work:
    """The page claims its customer as it comes; then somebody writes down that they left a message. Gives the
    page of the next customer.
    """
    found = _FORM_OF.search(page)
    if found is None:
        raise Refused.because("no_form", "The page of a customer has no form for what came of a call.")
    args = [company, found[1]]
    yield Step(CLAIM, reverse("customer_claim", args=args), {}, is_part=True, begins=False)
    form = dict(_HIDDEN.findall(page[found.start() : page.index("</form>", found.start())]))
    form |= {"outcome": "left_message", "channel": "call", "direction": "out"}
    yield Step(READ_BACK, reverse("customer_read_back", args=args), form, is_part=True)
    return (yield Step(LOGGED, reverse("customer_contacts", args=args), form, is_part=True, begins=False))
