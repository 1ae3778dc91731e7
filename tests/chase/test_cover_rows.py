"""The rows of covers: when one begins, moves, ends, is told and is put away."""

import pytest

from collections_app.activity import events
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.segmentation import covers, portfolios
from collections_app.segmentation.covers import Cover
from tests.chase.absences import DAY, Absence, absence
from tests.desk import person

__all__ = ["absence"]


def test_a_cover_that_is_handed_over_again_moves_its_days(absence: Absence) -> None:
    portfolios.set_stand_in(
        portfolio=absence.portfolio,
        stand_in=absence.tom,
        start=absence.today - 2 * DAY,
        end=absence.today + 4 * DAY,
        by=None,
        at=absence.at,
    )
    assert Cover.objects.get().last_on == absence.today + 4 * DAY


def test_another_stand_in_ends_the_cover_that_runs(absence: Absence) -> None:
    ada = person(absence.company, "ada")
    portfolios.set_stand_in(
        portfolio=absence.portfolio,
        stand_in=ada,
        start=absence.today,
        end=absence.today + 2 * DAY,
        by=None,
        at=absence.at,
    )
    first, second = Cover.objects.order_by("pk")
    assert (first.is_over(absence.today), first.last_on) == (True, absence.today)
    assert (second.stand_in, second.is_running(absence.today)) == (ada, True)


def test_a_cover_that_never_began_leaves_nothing(absence: Absence) -> None:
    portfolios.clear_stand_in(portfolio=absence.portfolio, by=None, at=absence.at - 5 * DAY)
    assert not Cover.objects.exists()


def test_it_is_put_away_once_and_only_by_who_was_away_when_it_is_over(absence: Absence) -> None:
    for by, at in ((absence.tom, absence.at + 9 * DAY), (absence.priya, absence.at)):
        with pytest.raises(Refused):
            covers.put_away(absence.cover, by=by, at=at)
    for days in (9, 10):
        put_away = covers.put_away(absence.cover, by=absence.priya, at=absence.at + days * DAY)
        assert put_away.read_at == absence.at + 9 * DAY
    assert events.Event.objects.filter(what="cover.read").count() == 1


def test_home_tells_of_a_cover_from_two_weeks_before_until_two_weeks_after(absence: Absence) -> None:
    def told(user: User, days: int) -> bool:
        return Cover.objects.told_to(user, today=absence.today + days * DAY).exists()

    # It runs from two days ago until the day after tomorrow.
    assert [told(absence.priya, days) for days in (-17, -16, 2, 16, 17)] == [False, True, True, True, False]
    assert [told(absence.tom, days) for days in (-17, -16, 2, 3)] == [False, True, True, False]
    covers.put_away(absence.cover, by=absence.priya, at=absence.at + 3 * DAY)
    assert not told(absence.priya, 3)
