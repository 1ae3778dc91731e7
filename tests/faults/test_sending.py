"""Everything goes wrong at once while two thousand messages leave: none arrives twice, and none is lost.

Most are reminders that a run drafted, approved by the clock or a person, with their invoices, and asked about
by the product's own gate while customers pay. Workers are killed at every step of a send, lose their
connection to the database, and meet a mail server that falls silent after it accepted; Redis is emptied,
killed and started again, and three clocks start nights and rounds at once, on two days. A message has arrived
once, or it stands before a person.
"""

import datetime as dt
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from collections_app.correspondence import deliveries, messages
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import Audience, MessageKind
from collections_app.jobs import nights, outbox
from tests.correspondence.mailing import LETTER, House
from tests.correspondence.mailserver import Drops, Hangs, Sink, mail_server
from tests.faults.counting import Found, Nights
from tests.faults.moved_clock import MovedClock
from tests.faults.redis_server import Redis
from tests.faults.reminded import BY_A_PERSON, TODAY, Office, Payers
from tests.faults.strikes import IN_THE_DATABASE, SELDOM, STEPS
from tests.faults.workers import Crew

MORNING = dt.datetime(2026, 3, 11, 10, 15, tzinfo=dt.UTC)  # a Wednesday
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
NEVER = dt.time(23, 59)  # no night of theirs while this lasts
STRUCK, NIGHTLY = 1_000, {"NA": 45, "NB": 45, "NC": 45}  # customers of the companies
PAYING = (160, 12)  # of these so many, and of each company with nights
PLAIN, PLAIN_BY_THE_CLOCK = 700, 300  # messages to colleagues, who are not asked about
PLAIN_LETTER = replace(LETTER, kind=MessageKind.REQUEST, audience=Audience.COLLEAGUE)
SLICES = 10
SENT_BEFORE_A_STRIKE = 60
# Two that nothing happens to, and that send what is left.
SPARED = [("none", "", 0)] * 2
PATIENCE_SECONDS = 240


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Redis]:
    server = Redis(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def clock(tmp_path: Path) -> MovedClock:
    made = MovedClock(tmp_path / "clock")
    made.set(MORNING)
    return made


@pytest.fixture
def house(transactional_db: None) -> House:
    made = House()
    made.company.night_starts_at = NEVER
    made.company.save()
    return made


def prepare(house: House, number: int, *, at: dt.datetime) -> None:
    """So many messages that are due since ``at`` and ask for nothing."""
    first = house.made
    house.made += number
    letters = {f"fault:{each}": (house.customer, PLAIN_LETTER) for each in range(first, house.made)}
    messages.prepare_several(company=house.company, letters=letters, leave_after=at, by=None, at=at)


def mix(house: House, office: Office) -> None:
    """Reminders and other messages, due in turn; the last reminders are those that a person approved."""
    office.run(at=MORNING - 30 * MINUTE)
    office.approve(at=MORNING - 20 * MINUTE)
    due = list(Message.objects.filter(company=office.company).order_by("pk"))
    size = len(due) // SLICES + 1
    for slice_ in range(SLICES):
        moment = MORNING - (SLICES - slice_) * MINUTE
        released = [message.pk for message in due[slice_ * size : (slice_ + 1) * size]]
        Message.objects.filter(pk__in=released).update(next_attempt_at=moment)
        prepare(house, PLAIN // SLICES, at=moment)


def before(step: str) -> int:
    """How often a step is reached before the worker is struck there."""
    return SELDOM.get(step, SENT_BEFORE_A_STRIKE)


def trouble(sink: Sink) -> None:
    """The mail server falls silent after it accepted, drops lines, is busy, and refuses, now and then."""
    turn = itertools.count(1)

    def hangs() -> None:
        raise Hangs

    def drops() -> None:
        raise Drops

    def does(step: str) -> str | None:
        if step != "END" and step != "RCPT":
            return None
        number = next(turn)
        if step == "END" and number % 1_600 in (0, 1):
            hangs()
        if step == "END" and number % 701 == 0:
            drops()
        if step == "RCPT" and number % 211 in (0, 1):
            return "451 busy, come again"
        if step == "RCPT" and number % 977 in (0, 1):
            return "550 nobody of that name"
        return None

    sink.mischief = does


class ByTheClock:
    """Celery workers and three clocks; meanwhile Redis is emptied and killed, and so are the workers."""

    def __init__(self, crew: Crew, own_redis: Redis, payers: Payers, folder: Path) -> None:
        self.crew, self.redis, self.payers, self.nights = crew, own_redis, payers, Nights(folder)

    def first_day(self) -> None:
        self.crew.do(beats=3)
        self.until(lambda: self.nights.counted("begun").total() > 0)
        self.crew.do(kill="night")
        self.until(lambda: self.unsent() < PLAIN_BY_THE_CLOCK * 5 // 6)
        self.redis.line.flushall()
        self.until(lambda: self.unsent() < PLAIN_BY_THE_CLOCK * 3 // 6)
        self.crew.do(kill="now")
        self.redis.restart()
        self.until(self.is_over)

    def second_day(self, offices: list[Office]) -> None:
        """The nights of the next day, and a person approves what waits since the first."""
        moment = self.payers.clock.now() + DAY
        self.payers.clock.set(moment)
        for office in offices:
            office.approve(at=moment)
        self.redis.restart()
        self.redis.line.flushall()
        # Whoever approves may take it back for some seconds.
        self.payers.clock.set(moment + MINUTE)
        self.until(self.is_over)

    def is_over(self) -> bool:
        """Every night of the day has ended, and nothing waits any more that is due."""
        return not nights.due(at=self.payers.clock.now()) and not self.unsent()

    def unsent(self) -> int:
        due = Message.objects.filter(next_attempt_at__lte=self.payers.clock.now())
        return due.filter(state="queued", attempts=0).count()

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until it is so; a few customers pay now and then."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, "The workers do not get on with it."
            self.payers.pay()
            time.sleep(0.1)


def drain(sink: Sink, *, at: dt.datetime) -> None:
    """What the server was too busy for is tried again, hours later; leases are over by then."""
    sink.mischief = lambda step: None
    carrier = EmailBackend(host="127.0.0.1", port=sink.port, username="", password="", timeout=10)
    deliveries.send_due(
        gates=outbox.GATES,
        completes=outbox.COMPLETES,
        link_for=outbox.link_for,
        below_for=outbox.below_for,
        connection=carrier,
        at=at,
    )


@pytest.mark.long(150)
def test_none_arrives_twice_none_is_lost_and_none_asks_for_what_was_paid(
    house: House, own_redis: Redis, clock: MovedClock, tmp_path: Path
) -> None:
    began = time.monotonic()
    office = Office("S", customers=STRUCK, kinds=(TODAY, BY_A_PERSON), at=MORNING, night=NEVER)
    mix(house, office)
    payers = Payers(clock)
    payers.will_pay(office, PAYING[0])
    kills = [("kill", step, before(step)) for step in STEPS]
    cuts = [("cut", step, before(step)) for step in IN_THE_DATABASE]
    laid_out = time.monotonic()
    with mail_server(Sink()) as sink:
        with Crew(port=sink.port, own_redis=own_redis, folder=tmp_path) as crew:
            trouble(sink)
            ended = crew.do(strikes=[*kills, *cuts, *SPARED], lanes=len(SPARED), meanwhile=payers.pay)
            assert Counter(ended) == {-9: len(kills), 0: len(cuts) + len(SPARED)}
            struck = time.monotonic()

            offices = [Office(code, customers=many, at=MORNING) for code, many in NIGHTLY.items()]
            for each in offices:
                payers.will_pay(each, PAYING[1])
            prepare(house, PLAIN_BY_THE_CLOCK, at=clock.now())
            ticking = ByTheClock(crew, own_redis, payers, tmp_path)
            ticking.first_day()
            ticking.second_day(offices)
            payers.pay_all()
            ticked = time.monotonic()
        # No worker is at a message any more: whatever one had in hand is undecided.
        drain(sink, at=MORNING + DAY + 6 * 60 * MINUTE)
    found = Found(sink, payers, ticking.nights)
    found.tell(
        f"{len(kills)} kills, {len(cuts)} cuts of the database, Redis killed twice and emptied twice, three "
        "clocks on two days",
        [
            ("to lay it out", laid_out - began),
            ("of strikes", struck - laid_out),
            ("by the clock", ticked - struck),
            ("in all", time.monotonic() - began),
        ],
    )
    check_messages(found, kills=len(kills))
    check_reminders(found)
    check_nights(found.nights)


def check_messages(found: Found, *, kills: int) -> None:
    """None twice, and none lost: each was sent, or stands before a person."""
    states, arrived, kept = found.states, set(found.arrived), found.kept
    assert len(found.made) > 2_000
    assert found.twice == []
    assert set(states) <= {"sent", "uncertain", "failed", "held_back", "withdrawn"}
    assert {message.message_id for message in found.made if message.state == "sent"} <= arrived
    assert {kept[each].state for each in arrived} <= {"sent", "uncertain"}
    assert states["sent"] + found.doubtful == len(arrived)
    assert kills - 9 <= states["uncertain"] < 70


def check_reminders(found: Found) -> None:
    """Nobody is reminded twice, or after it was written down that they paid."""
    assert len(found.reminders) * 2 > len(found.made)
    assert len({message.customer_id for message in found.reminded}) == len(found.reminded) > 750
    assert found.reminded_after_paying == []
    withdrawn = {message.customer_id for message in found.made if message.state == "withdrawn"}
    # Whom the mail server was too busy for all day is written to anew by the night; others paid.
    anew = {message.customer_id for message in found.reminders if message.state != "withdrawn"}
    assert withdrawn <= set(found.paid) | anew
    assert set(found.reasons) == {"settled"}
    assert found.reasons["settled"] > 40


def check_nights(nights: Nights) -> None:
    """Every night came to its end once, however many clocks asked for it."""
    ended = nights.counted("ended")
    days = [MORNING.date(), MORNING.date() + DAY]
    assert set(ended) == {f"{code}|{day}" for code in NIGHTLY for day in days}
    assert set(ended.values()) == {1}
    assert nights.counted("asked for").total() > 2 * len(ended)
