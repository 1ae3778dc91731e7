"""The starting pack, drafts, and two people at one draft."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.segmentation import assignments, drafts, segments, versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.rules.conditions import Condition, Rule
from collections_app.segmentation.rules.segments import Terms
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion
from tests.crowd import customer

GERMANS = Terms("Germans", Rule((Condition("country", "is", ("DE",)),)))


@pytest.fixture
def draft(company: Company, dana: User, at: dt.datetime) -> SegmentVersion:
    return drafts.begin(company=company, by=dana, at=at)


def _names(version: SegmentVersion) -> list[str]:
    return [segment.name for segment in segments.of(version)]


def test_a_company_starts_with_the_usual_pack(company: Company, at: dt.datetime) -> None:
    live = versions.ensure_default(company=company, by=None, at=at)
    assert [segment.code for segment in segments.of(live)] == [
        "watch",
        "key",
        "public",
        "new",
        "small",
        "steady",
        "standard",
    ]
    assert versions.live(company) == live


def test_a_second_start_changes_nothing(
    company: Company, at: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = versions.ensure_default(company=company, by=None, at=at)
    with django_assert_num_queries(1):  # nothing is locked: a page may ask
        assert versions.ensure_default(company=company, by=None, at=at) == first
    assert Event.objects.filter(what="segments.published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_make_one_pack(company: Company, at: dt.datetime) -> None:
    def start(_: int) -> int:
        try:
            return versions.ensure_default(company=company, by=None, at=at).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(start, range(4)))) == 1
    assert SegmentVersion.objects.count() == 1


def test_a_draft_begins_as_a_copy_and_is_the_same_for_a_second_person(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    live = versions.live(company)
    assert live is not None
    assert _names(draft) == _names(live)
    assert drafts.begin(company=company, by=dana, at=at) == draft


def test_a_new_segment_stands_before_the_one_that_takes_everybody(
    draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    made = segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    assert _names(draft)[-2:] == ["Germans", "Standard"]
    assert made.code == "germans"
    assert Event.objects.get(what="segment.added").summary == "added segment “Germans”"


def test_a_code_is_never_used_again_for_another_segment(
    draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    first = segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    drafts.publish(draft=draft, revision=1, note="", by=dana, at=at)
    again = drafts.begin(company=draft.company, by=dana, at=at)
    segments.remove(segment=Segment.objects.get(version=again, code="germans"), revision=0, by=dana, at=at)
    second = segments.add(draft=again, terms=GERMANS, revision=1, by=dana, at=at)
    assert (first.code, second.code) == ("germans", "germans-2")


def test_a_segment_is_moved_changed_and_removed(draft: SegmentVersion, dana: User, at: dt.datetime) -> None:
    key = Segment.objects.get(version=draft, code="key")
    segments.move(segment=key, places=-1, revision=0, by=dana, at=at)
    assert _names(draft)[:2] == ["Key account", "Watch-list or insured at risk"]
    segments.change(segment=key, terms=GERMANS, revision=1, by=dana, at=at)
    assert _names(draft)[0] == "Germans"
    segments.remove(segment=key, revision=2, by=dana, at=at)
    assert [segment.position for segment in segments.of(draft)] == [1, 2, 3, 4, 5, 6]
    assert list(
        Event.objects.filter(what__startswith="segment.").order_by("pk").values_list("summary", flat=True)
    ) == [
        "moved segment “Key account” up",
        "changed segment “Key account”, now called “Germans”",
        "removed segment “Germans”",
    ]


def test_it_refuses_a_wrong_segment_with_every_problem(
    draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    wrong = Terms("standard", Rule((Condition("exposure", "at_least", ("lots",)),)), least_days_overdue=-1)
    with pytest.raises(Refused) as refused:
        segments.add(draft=draft, terms=wrong, revision=0, by=dana, at=at)
    assert [problem.code for problem in refused.value.problems] == ["name", "least_days_overdue", "value"]
    assert SegmentVersion.objects.get(pk=draft.pk).revision == 0


def test_it_refuses_an_edit_of_what_a_colleague_changed_and_says_what(
    draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    with pytest.raises(Refused) as refused:
        segments.move(segment=segments.of(draft)[0], places=1, revision=0, by=dana, at=at)
    assert [problem.message for problem in refused.value.problems] == [
        "Somebody else changed this draft since you opened it. "
        "Look at it again, then repeat what you wanted.",
        "Dana: added segment “Germans”.",
    ]


def test_publishing_makes_the_live_version_history(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime, today: dt.date
) -> None:
    brandt = customer(company, "100", country="DE")
    segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    drafts.publish(draft=draft, revision=1, note="Germans apart", by=dana, at=at)
    assignments.assign(company=company, today=today)
    states = SegmentVersion.objects.order_by("number").values_list("state", "note")
    assert list(states) == [("history", ""), ("live", "Germans apart")]
    placed = Assignment.objects.get(customer=brandt).segment
    assert placed is not None
    assert placed.code == "germans"
    event = Event.objects.filter(what="segments.published").latest("pk")
    assert event.summary == "published version 2 of the segments, 8 of them"
    assert event.facts["segments"][-1] == {"code": "standard", "name": "Standard", "takes": "everybody else"}


def test_who_stays_in_a_segment_is_not_written_again_by_publishing(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime, today: dt.date
) -> None:
    stays, goes = customer(company, "100"), customer(company, "200", country="DE")
    assignments.assign(company=company, today=today)
    before = {row.customer_id: row.segment_id for row in Assignment.objects.all()}
    germans = segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    drafts.publish(draft=draft, revision=1, note="", by=dana, at=at)
    assert assignments.assign(company=company, today=today + dt.timedelta(1)) == 1
    after = {row.customer_id: (row.segment_id, row.day) for row in Assignment.objects.all()}
    assert after == {
        stays.pk: (before[stays.pk], today),
        goes.pk: (germans.pk, today + dt.timedelta(1)),
    }


def test_publishing_keeps_in_the_history_what_was_live(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    first = versions.live(company)
    assert first is not None
    were = [(each.code, each.name, each.rule, each.position) for each in segments.of(first)]
    key = Segment.objects.get(version=draft, code="key")
    segments.change(segment=key, terms=GERMANS, revision=0, by=dana, at=at)
    segments.move(segment=key, places=-1, revision=1, by=dana, at=at)
    segments.remove(segment=Segment.objects.get(version=draft, code="small"), revision=2, by=dana, at=at)
    shall = [(each.code, each.name, each.rule, each.position) for each in segments.of(draft)]
    drafts.publish(draft=draft, revision=3, note="", by=dana, at=at)
    live = versions.live(company)
    assert live == draft
    assert [(each.code, each.name, each.rule, each.position) for each in segments.of(draft)] == shall
    assert [(each.code, each.name, each.rule, each.position) for each in segments.of(first)] == were


def test_it_does_not_publish_a_pack_that_leaves_somebody_over(
    draft: SegmentVersion, dana: User, at: dt.datetime, today: dt.date
) -> None:
    segments.remove(segment=segments.of(draft)[-1], revision=0, by=dana, at=at)
    with pytest.raises(Refused, match="must take everybody else"):
        drafts.publish(draft=draft, revision=1, note="", by=dana, at=at)
    assert SegmentVersion.objects.get(pk=draft.pk).state == "draft"


def test_what_is_live_is_not_edited(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    live = versions.live(company)
    assert live is not None
    with pytest.raises(Refused, match="published or discarded meanwhile"):
        segments.add(draft=live, terms=GERMANS, revision=0, by=dana, at=at)


def test_a_discarded_draft_leaves_the_live_version(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime
) -> None:
    drafts.discard(draft=draft, revision=0, by=dana, at=at)
    assert versions.draft(company) is None
    assert versions.live(company) is not None


def test_an_earlier_version_comes_back_as_a_draft(
    company: Company, draft: SegmentVersion, dana: User, at: dt.datetime, today: dt.date
) -> None:
    first = versions.live(company)
    assert first is not None
    segments.add(draft=draft, terms=GERMANS, revision=0, by=dana, at=at)
    drafts.publish(draft=draft, revision=1, note="", by=dana, at=at)
    back = drafts.restore(version=first, by=dana, at=at)
    assert _names(back) == _names(first)
    with pytest.raises(Refused, match="There is a draft already"):
        drafts.restore(version=first, by=dana, at=at)


def test_a_collector_may_not_edit_segments(draft: SegmentVersion, priya: User, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="edit segments, chase rules and portfolios"):
        segments.add(draft=draft, terms=GERMANS, revision=0, by=priya, at=at)


@pytest.mark.parametrize(
    ("constraint", "rows"),
    [
        ("segment_version_number_is_used_once", [(1, "history"), (1, "history")]),
        ("company_has_one_live_segment_version", [(1, "live"), (2, "live")]),
        ("company_has_one_draft_segment_version", [(1, "draft"), (2, "draft")]),
    ],
)
def test_the_database_keeps_versions_apart(
    company: Company, at: dt.datetime, constraint: str, rows: list[tuple[int, str]]
) -> None:
    made = [SegmentVersion(company=company, number=number, state=state, made_at=at) for number, state in rows]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SegmentVersion.objects.bulk_create(made)


@pytest.mark.parametrize(
    ("constraint", "second"),
    [
        ("segment_code_is_used_once_in_a_version", {"code": "a", "position": 2}),
        ("segment_has_its_own_place", {"code": "b", "position": 1}),
    ],
)
def test_the_database_keeps_segments_apart(
    company: Company, at: dt.datetime, constraint: str, second: dict[str, object]
) -> None:
    version = SegmentVersion.objects.create(company=company, number=1, state="draft", made_at=at)
    Segment.objects.create(version=version, position=1, code="a", name="A", rule={})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Segment.objects.create(version=version, name="B", rule={}, **second)
