"""A crowd works on the real product: all that it does is done, and nobody waits for another."""

import time

import pytest
from pytest_django.live_server_helper import LiveServer

from collections_app.contact.contact_logs import ContactLog
from collections_app.lib import clock
from collections_app.management.benchmarks import crowds, filling, people
from collections_app.management.benchmarks.filling import Filled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """A round takes a second, of five people, whose list is long enough for a slow machine."""
    monkeypatch.setattr(crowds, "PEOPLE_MAX", 5)
    monkeypatch.setattr(crowds, "SECONDS_BETWEEN_ACTS", 0.2)
    monkeypatch.setattr(crowds, "ROUND_SECONDS", 1.0)
    at = clock.now()
    made = filling.fill(rows=3000, customers=1000, day=at.date(), at=at)
    people.list_customers(made, day=at.date(), at=at)
    return made


def test_everybody_reads_calls_and_writes_down_what_came_of_it(
    filled: Filled, live_server: LiveServer
) -> None:
    before = ContactLog.objects.count()
    crowd = crowds.of([filled.collector], filled.company.code)

    crowds.come(crowd)
    waited: dict[str, int] = dict.fromkeys(crowds.KINDS, 0)
    while not all(waited.values()):
        seen = crowds.watch(crowd, live_server.thread.port, goes_on=crowds.within(1.0))
        for kind, waits in seen.items():
            waited[kind] += len(waits)

    written = ContactLog.objects.order_by("-pk")[: ContactLog.objects.count() - before]
    assert len(written) == waited[crowds.LOGGED]
    assert {(log.by, log.outcome) for log in written} == {(filled.collector, "left_message")}


def test_a_wait_counts_from_the_moment_of_the_act(filled: Filled, live_server: LiveServer) -> None:
    """Whoever is late to ask, because the server was, has waited all the same."""
    (person, *_) = crowds.of([filled.collector], filled.company.code)
    person.due = 10.0
    person.go_on(f'href="/{filled.company.code}/customers/1/"', now=40.0)

    assert person.waited[crowds.LIST] == [30.0]
    assert person.due == 40.0  # the next act was due before, and is not skipped


def test_nobody_comes_with_the_others_however_long_it_took_to_sign_in(filled: Filled) -> None:
    """Who came at once would act at once again and again, and wait for the others instead of the server."""
    crowd = crowds.of([filled.collector], filled.company.code)
    time.sleep(crowds.ROUND_SECONDS)
    crowds.come(crowd)

    dues = [person.due for person in crowd]
    for person in crowd:
        person.go_on(f'href="/{filled.company.code}/customers/1/"', now=person.due)
    pauses = [person.due - due for person, due in zip(crowd, dues, strict=True)]

    assert len({round(due, 6) for due in dues}) == len(crowd)
    assert len({round(pause, 6) for pause in pauses}) == len(crowd)


def test_the_floors_of_a_crowd_run_against_the_tables_as_they_are(filled: Filled) -> None:
    before = ContactLog.objects.count()
    at = clock.now()

    found = {kind: floor() for kind, floor in people.floors(filled, day=at.date(), at=at).items()}

    assert set(found) == {crowds.LIST, crowds.CUSTOMER, crowds.LOGGED, crowds.SEARCH}
    assert all(found[kind] for kind in (crowds.LIST, crowds.CUSTOMER, crowds.SEARCH)), found
    assert ContactLog.objects.count() == before
