"""A year of nights, and what leaves after them, looked at as it reaches somebody.

The night of every working day runs, all that is due leaves by a real mail server that is busy, refuses, falls
silent after it accepted, and is away for some days; sends are paused for two days; customers pay in the
meantime, all of it or a part, dispute and promise.
"""

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from collections_app.correspondence.message_rows import Message
from collections_app.dunning.rules.packs import MESSAGE_QUIET_DAYS
from tests.correspondence.mailserver import Sink, mail_server
from tests.dunning.town import CHANCES
from tests.dunning.year import AWAY, Heard, Year


@pytest.mark.long(390)
@pytest.mark.django_db
def test_in_a_year_nobody_hears_at_a_bad_hour_too_often_or_about_what_is_not_to_be_asked_for() -> None:
    with mail_server(Sink()) as sink:
        year = Year(sink)
        year.live()
        year.carrier.close()

    tell(year)
    check_enough_happened(year)
    assert year.wrong == []
    check_one_a_run(year)
    check_budget(year)
    check_least_days_between(year)
    check_ladders(year)
    check_none_is_lost(year)


def tell(year: Year) -> None:
    """Print the counts."""
    channels = Counter(heard.draft.channel for heard in year.heard)
    levels = Counter(heard.draft.level for heard in year.heard)
    print(
        f"\n{year.nights} nights: {len(year.heard)} reminders arrived {dict(channels)}, by level "
        f"{dict(sorted(levels.items()))}; done {year.town.done}; the mail server {dict(year.trouble.met)}; "
        f"decided {dict(year.decided)}."
    )


def check_enough_happened(year: Year) -> None:
    """Every night, every kind of deed and of trouble, and messages of both kinds."""
    assert year.nights >= 250
    assert set(year.town.done) == set(CHANCES)
    assert all(count >= 5 for count in year.town.done.values()), year.town.done
    assert {heard.draft.channel for heard in year.heard} == {"email", "letter"}
    assert len(year.heard) > 150
    assert set(year.trouble.met) == {"away", "busy", "refused", "lost"}
    assert min(year.trouble.met.values()) >= 3, year.trouble.met
    assert year.kept_back > 0
    assert year.decided["address"] > 0
    assert year.paused_at
    assert year.resumed_at
    assert not [heard for heard in year.heard if year.paused_at <= heard.at < year.resumed_at]
    emails = [heard for heard in year.heard if heard.draft.channel == "email"]
    back_at = year.trouble.back_at
    assert not [heard for heard in emails if back_at - AWAY <= heard.at < back_at]


def by_customer(year: Year) -> list[list[Heard]]:
    """What each of them heard, one after the other."""
    found: dict[int, list[Heard]] = defaultdict(list)
    for heard in year.heard:
        found[heard.draft.customer_id].append(heard)
    return list(found.values())


def check_one_a_run(year: Year) -> None:
    """No customer hears twice from one run, however far behind, and no draft is told twice."""
    runs_heard = [(heard.draft.customer_id, heard.draft.run_on) for heard in year.heard]
    assert len(runs_heard) == len(set(runs_heard))
    keys = [heard.draft.key for heard in year.heard]
    assert len(keys) == len(set(keys))


def check_budget(year: Year) -> None:
    """Never more than so many in so many days."""
    most, span = year.company.touches_max, dt.timedelta(days=year.company.touch_days)
    for theirs in by_customer(year):
        for place, heard in enumerate(theirs):
            assert sum(1 for other in theirs[: place + 1] if heard.at - other.at < span) <= most


def check_least_days_between(year: Year) -> None:
    """Nobody hears again before the quiet days of the steps are over."""
    close = [
        f"{first.draft.key} {first.day}, {then.draft.key} {then.day}"
        for theirs in by_customer(year)
        for first, then in pairwise(theirs)
        if (then.day - first.day).days < MESSAGE_QUIET_DAYS
    ]
    assert close == []


def check_ladders(year: Year) -> None:
    """As they arrived, the levels of each ladder rise one by one from the first; none comes again."""
    ladders: dict[int, list[int]] = defaultdict(list)
    for heard in year.heard:
        if heard.draft.climb_id is not None:
            ladders[heard.draft.climb_id].append(heard.draft.level)
    assert max(len(levels) for levels in ladders.values()) >= 4
    odd = [levels for levels in ladders.values() if levels != list(range(1, len(levels) + 1))]
    assert odd == []


def check_none_is_lost(year: Year) -> None:
    """Each that was approved arrived once, or was given up, or waits still."""
    arrived = Counter(year.sink.ids)
    assert set(arrived.values()) == {1}
    rows = list(Message.objects.values_list("message_id", "state"))
    assert {state for _, state in rows} <= {"sent", "withdrawn", "queued", "uncertain", "failed", "held_back"}
    assert {each for each, state in rows if state == "sent"} <= set(arrived)
    assert {state for each, state in rows if each in arrived} <= {"sent", "uncertain"}
