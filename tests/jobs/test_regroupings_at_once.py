"""Several at once: changes, workers and a night end in the list of the newest change."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from collections_app.jobs import followers
from collections_app.jobs import regroupings as work
from collections_app.lib import turns
from collections_app.segmentation import assignments, drafts, segments
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.versions import SegmentVersion
from tests.jobs.conftest import AT, TODAY, Office

pytestmark = pytest.mark.usefixtures("nothing_is_small")


def run(office: Office) -> None:
    followers.run(company=office.company, at=AT)


@pytest.fixture
def real_office(transactional_db: None) -> Office:
    return Office()


def both(*deeds: object) -> None:
    barrier, wrong = Barrier(len(deeds)), list[BaseException]()

    def work_on(deed: object) -> None:
        barrier.wait()
        try:
            deed()  # type: ignore[operator]
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work_on, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_two_workers_at_once_give_one_list(real_office: Office, told: list[int]) -> None:
    real_office.hand_to(real_office.tom)
    both(*[lambda: run(real_office)] * 3)
    run(real_office)  # as the clock would, should both have met just so

    assert real_office.collectors() == {"tom"}
    assert not real_office.standing().is_awaited


def test_a_worker_goes_away_while_another_is_at_it(real_office: Office, told: list[int]) -> None:
    real_office.hand_to(real_office.tom)
    with turns.held("regrouping", real_office.company.pk):
        both(lambda: run(real_office))
    assert real_office.standing().is_awaited

    run(real_office)
    assert not real_office.standing().is_awaited


def test_changes_and_workers_at_once_end_in_the_list_of_the_newest_change(
    real_office: Office, told: list[int]
) -> None:
    for collector in (real_office.tom, real_office.priya, real_office.tom):
        both(lambda chosen=collector: real_office.hand_to(chosen), lambda: run(real_office))
    run(real_office)

    assert real_office.collectors() == {"tom"}
    assert (real_office.standing().wanted, real_office.standing().derived) == (3, 3)


def test_a_night_that_read_the_version_before_does_not_undo_a_publication(real_office: Office) -> None:
    """Placing takes turns, and reads what is live when its turn has come."""
    draft = drafts.begin(company=real_office.company, by=real_office.dana, at=AT)
    first = segments.of(draft)[0]
    segments.remove(segment=first, revision=0, by=real_office.dana, at=AT)

    def publish() -> None:
        with work.following(company=real_office.company, today=TODAY, at=AT):
            drafts.publish(draft=draft, revision=1, note="", by=real_office.dana, at=AT)
        run(real_office)

    both(publish, lambda: assignments.assign(company=real_office.company, today=TODAY))
    run(real_office)

    live = SegmentVersion.objects.get(company=real_office.company, state="live")
    placed = Assignment.objects.filter(company=real_office.company).values_list("segment__version", flat=True)
    assert set(placed) == {live.pk}
