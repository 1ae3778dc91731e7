"""When a message may leave for somebody: their days, their hours, their clock. Three years pass."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collections_app.dunning.rules.decent_hours import NotNow, Place, next_moment, why_not
from collections_app.lib import time_zones
from collections_app.lib.working_days import Calendar, usual_weekend

OFFICE = ((dt.time(9), dt.time(12)), (dt.time(13, 30), dt.time(17)))
ROUND_THE_NIGHT = ((dt.time(0, 30), dt.time(3, 15)),)
STEP = dt.timedelta(hours=11, minutes=17)
YEARS = (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2029, 1, 1, tzinfo=dt.UTC))


def place(
    country: str, *zones: str, subdivision: str = "", spans: tuple[tuple[dt.time, dt.time], ...] = OFFICE
) -> Place:
    calendar = Calendar(country, subdivision, usual_weekend(country))
    return Place(zones or time_zones.of_country(country), calendar, spans)


PLACES = {
    "London": place("GB", subdivision="ENG"),
    "Auckland": place("NZ"),
    "Los Angeles": place("US", "America/Los_Angeles", subdivision="CA"),
    "somewhere in the United States": place("US"),
    "somewhere in Russia": place("RU"),
    "Cairo": place("EG"),
    "Sydney": place("AU", "Australia/Sydney", subdivision="NSW"),
    "Santiago": place("CL"),
    "Lord Howe, by half an hour": place("AU", "Australia/Lord_Howe", spans=ROUND_THE_NIGHT),
    "Berlin at night": place("DE", spans=ROUND_THE_NIGHT),
    "Kathmandu": place("NP"),
}


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def local(moment: dt.datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %b %H:%M}"


@pytest.mark.parametrize("name", PLACES)
def test_in_three_years_nothing_leaves_outside_the_window(name: str) -> None:
    where, at, outside, asked = PLACES[name], YEARS[0], 0, 0
    while at < YEARS[1]:
        moment = next_moment(at, where)
        assert moment >= at
        for zone in where.zones:
            clock = moment.astimezone(ZoneInfo(zone))
            works = where.calendar.is_working_day(clock.date())
            outside += not (works and any(start <= clock.time() < end for start, end in where.spans))
        at, asked = at + STEP, asked + 1
    assert (outside, asked > 2000) == (0, True)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(list(PLACES)),
    minutes=st.integers(0, 1_060 * 24 * 60),
)
def test_no_decent_moment_is_passed_over(name: str, minutes: int) -> None:
    where, at = PLACES[name], YEARS[0] + dt.timedelta(minutes=minutes)
    moment, step = next_moment(at, where), dt.timedelta(minutes=15)
    assert next_moment(moment, where) == moment
    waited = at.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    while waited < moment - step:
        assert why_not(waited, where) is not None
        waited += step


@pytest.mark.parametrize(
    ("where", "at", "zone", "leaves"),
    [
        # 08:00 in London waits for nine, lunch for half past one, the evening for the morning.
        ("London", "2026-03-11 08:00", "Europe/London", "Wed 11 Mar 09:00"),
        ("London", "2026-03-11 11:59", "Europe/London", "Wed 11 Mar 11:59"),
        ("London", "2026-03-11 12:00", "Europe/London", "Wed 11 Mar 13:30"),
        ("London", "2026-03-11 17:00", "Europe/London", "Thu 12 Mar 09:00"),
        # Good Friday, a weekend, Easter Monday.
        ("London", "2026-04-02 16:30", "Europe/London", "Tue 07 Apr 09:00"),
        # Christmas and Boxing Day, moved to Monday, with the weekend between.
        ("London", "2026-12-24 17:30", "Europe/London", "Tue 29 Dec 09:00"),
        # The weekend in which the clocks go forward, and back.
        ("London", "2026-03-27 18:00", "Europe/London", "Mon 30 Mar 09:00"),
        ("London", "2026-10-23 18:00", "Europe/London", "Mon 26 Oct 09:00"),
        # Thursday evening in Cairo waits for Sunday.
        ("Cairo", "2026-03-12 18:00", "Africa/Cairo", "Sun 15 Mar 09:00"),
        # The other side of the world: Auckland has Thursday while London has Wednesday.
        ("Auckland", "2026-03-11 19:00", "Pacific/Auckland", "Thu 12 Mar 09:00"),
        # The clocks of Auckland go back on 5 April 2026 and forward on 27 September.
        ("Auckland", "2026-04-05 22:00", "Pacific/Auckland", "Tue 07 Apr 09:00"),
        ("Auckland", "2026-09-25 06:00", "Pacific/Auckland", "Mon 28 Sep 09:00"),
        # Waitangi Day is a Friday.
        ("Auckland", "2026-02-05 06:00", "Pacific/Auckland", "Mon 09 Feb 09:00"),
        ("Los Angeles", "2026-03-11 09:00", "America/Los_Angeles", "Wed 11 Mar 09:00"),
        # Where in the country is not known: it must be a decent hour on both coasts.
        ("somewhere in the United States", "2026-03-11 13:00", "America/New_York", "Wed 11 Mar 13:30"),
        ("somewhere in Russia", "2026-03-11 12:00", "Europe/Moscow", "Thu 12 Mar 09:00"),
    ],
)
def test_it_leaves_at_the_next_decent_moment(where: str, at: str, zone: str, leaves: str) -> None:
    assert local(next_moment(utc(at), PLACES[where]), zone) == leaves


def test_it_says_whether_the_day_or_the_hour_is_against_it() -> None:
    london = PLACES["London"]
    assert why_not(utc("2026-03-11 20:00"), london) == NotNow.HOUR
    assert why_not(utc("2026-03-14 10:00"), london) == NotNow.WEEKEND
    assert why_not(utc("2026-04-03 10:00"), london) == NotNow.HOLIDAY
    assert why_not(utc("2026-03-11 10:00"), london) is None


def test_an_hour_that_comes_twice_is_used_twice() -> None:
    # On 25 October 2026, a Sunday, Berlin shows two o'clock twice, an hour apart. Only a calendar without a
    # weekend works then.
    night = Place(("Europe/Berlin",), Calendar(weekend=()), ((dt.time(2, 15), dt.time(2, 45)),))
    assert next_moment(utc("2026-10-25 00:00"), night) == utc("2026-10-25 00:15")
    assert next_moment(utc("2026-10-25 00:50"), night) == utc("2026-10-25 01:15")
    # On 29 March that half hour does not exist: the next day is taken.
    assert next_moment(utc("2026-03-29 00:00"), night) == utc("2026-03-30 00:15")


def test_a_place_where_nobody_ever_works_is_told() -> None:
    with pytest.raises(ValueError, match="Nobody works in UTC"):
        next_moment(utc("2026-03-11 10:00"), Place(("UTC",), Calendar(weekend=tuple(range(7))), OFFICE))


@pytest.mark.parametrize("country", sorted(time_zones.WIDE))
def test_every_wide_country_has_an_hour_that_suits_all_of_it(country: str) -> None:
    moment = next_moment(utc("2026-03-11 00:00"), place(country))
    assert why_not(moment, place(country)) is None
    assert all(time_zones.is_known(zone) for zone in time_zones.of_country(country))


def test_countries_have_the_zone_and_the_weekend_that_people_there_keep() -> None:
    assert time_zones.of_country("GB") == ("Europe/London",)
    assert time_zones.of_country("JP") == ("Asia/Tokyo",)
    assert time_zones.of_country("XX") == ()
    assert (usual_weekend("DE"), usual_weekend("EG"), usual_weekend("")) == ((5, 6), (4, 5), (5, 6))
