"""The editor of hold rules: by company, segment and customer, in versions, counted while one types."""

import datetime as dt

import pytest
from django.utils.html import strip_tags

from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.people.rules import Role
from collections_app.segmentation import versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.segments import Segment
from tests.desk import person
from tests.doors import HTMX, Answered
from tests.holds.selling import held
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import placed

RULES = "/NG/holds/rules/"
GIVEN = {
    "overdue_days": "90",
    "limit_percent": "100",
    "group_percent": "100",
    "broken_promises": "3",
    "holds_expired_limit": "on",
    "release_working_days": "5",
    "exemptions": "",
    "overdue_amount": "",
    "release_amount_max": "25000",
}


def said(answer: Answered) -> str:
    return " ".join(strip_tags(answer.content.decode().split("<main", 1)[-1]).split())


@pytest.fixture
def ordered(office: Office) -> Office:
    """Harrow's order waits for its oldest invoice, the other two go."""
    versions.ensure_default(company=office.company, by=None, at=office.at)
    placed(office, "SO-1", "10.00")
    placed(office, "SO-2", "10.00", customer="200")
    placed(office, "SO-3", "10.00", customer="300")
    return office


def begun(office: Office, **scope: str) -> HoldRuleVersion:
    """A draft that Dana begins."""
    answer = office.client(office.dana).post(f"{RULES}begin/", scope)
    assert answer.status_code == 303
    return HoldRuleVersion.objects.get(state="draft")


def url(version: HoldRuleVersion, rest: str = "") -> str:
    return f"{RULES}drafts/{version.pk}/{rest}"


def test_every_scope_says_what_holds_there(ordered: Office) -> None:
    text = said(ordered.client(ordered.dana).get(RULES))
    assert "An invoice is more than 90 days overdue." in text
    assert "The company's rules hold." in text


def test_it_counts_what_the_rules_would_hold_while_one_types(ordered: Office) -> None:
    draft, dana = begun(ordered), ordered.client(ordered.dana)
    assert "1 order of 1 customer" in said(dana.get(url(draft)))

    def count(**more: str) -> str:
        given = {**GIVEN, "revision": "0", **more}
        return said(dana.post(url(draft, "look/"), given, headers=HTMX))

    # Harrow is over its limit besides.
    assert "2 orders of 2 customers Of 3 orders in hand; 1 waits now." in count(overdue_days="30")
    assert "3 orders of 3 customers" in count(overdue_days="10")
    assert "0 orders of 0 customers" in count(overdue_days="", limit_percent="")
    assert "Finish the rules" in count(overdue_days="many")
    draft.refresh_from_db()
    assert draft.revision == 0


def test_what_is_kept_is_published_from_a_day_on_and_stands_in_the_history(ordered: Office) -> None:
    draft, dana = begun(ordered), ordered.client(ordered.dana)
    given = {**GIVEN, "revision": "0", "overdue_days": "60", "exemptions": "medical = Dana Reyes"}
    dana.post(url(draft), given)
    day = ordered.today + dt.timedelta(days=3)
    publish = {"revision": "1", "in_force_from": day.isoformat(), "note": "Sixty is enough"}
    page = said(dana.get(url(draft)))
    assert "it takes two people, or the finance director: Never held any more: medical." in page
    assert "you kept them last" in page
    answer = dana.post(url(draft, "publish/"), publish)
    assert (answer.status_code, "Sixty is enough" in answer.content.decode()) == (422, True)

    rita = person(ordered.company, "rita", Role.MANAGER)
    assert "you kept them last" not in said(ordered.client(rita).get(url(draft)))
    published = ordered.client(rita).post(url(draft, "publish/"), publish, follow=True)
    assert f"from {day:%-d %B} on" in said(published)
    draft.refresh_from_db()
    assert (draft.state, draft.in_force_from, draft.published_by) == ("published", day, rita)
    text = said(dana.get(f"{RULES}{draft.pk}/"))
    assert "An invoice is more than 60 days overdue." in text
    assert "Never held: medical (Dana Reyes answers for it)." in text
    assert "Rita: Sixty is enough" in text


def test_rules_that_hold_from_today_on_free_what_they_let_go_at_once(ordered: Office) -> None:
    draft, dana = begun(ordered), ordered.client(ordered.dana)
    dana.post(url(draft), {**GIVEN, "revision": "0", "overdue_days": "", "limit_percent": ""})
    assert held() == ["SO-1"]

    rita = ordered.client(person(ordered.company, "rita", Role.MANAGER))
    publish = {"revision": "1", "in_force_from": ordered.today.isoformat(), "note": ""}
    answer = rita.post(url(draft, "publish/"), publish, follow=True)
    assert "These rules hold now, and what they let go is free." in said(answer)
    assert held() == []


def test_what_is_wrong_is_told_all_at_once_and_stays_typed(ordered: Office) -> None:
    draft, dana = begun(ordered), ordered.client(ordered.dana)
    given = {**GIVEN, "revision": "0", "overdue_days": "9000", "exemptions": "medical"}
    answer = dana.post(url(draft), given)
    assert answer.status_code == 422
    text = said(answer)
    assert "The number of days overdue is from 0 to 720." in text
    assert "somebody answers for it" in text
    assert "9000" in answer.content.decode()


def test_a_segment_has_rules_of_its_own_and_may_follow_the_company_again(ordered: Office) -> None:
    segment = Segment.objects.order_by("pk")[0]
    Assignment.objects.filter(customer__number="200").update(segment=segment)
    draft, dana = begun(ordered, segment=segment.code), ordered.client(ordered.dana)
    given = {**GIVEN, "revision": "0", "overdue_days": "5"}
    assert "1 order of 1 customer Of 1 order in hand; 0 wait now." in said(
        dana.post(url(draft, "look/"), given)
    )
    dana.post(url(draft), {**given, "follow": "yes"})
    draft.refresh_from_db()
    assert draft.settings is None
    assert "This draft follows the company's rules." in said(dana.get(url(draft)))


def test_one_customer_has_rules_of_their_own(ordered: Office) -> None:
    dana = ordered.client(ordered.dana)
    text = said(dana.post(f"{RULES}begin/", {"alone": "yes", "customer": "nobody"}))
    assert "has no customer with the number “nobody”." in text
    assert "Type the number of the customer." in said(dana.post(f"{RULES}begin/", {"alone": "yes"}))
    draft = begun(ordered, alone="yes", customer="300")
    assert "Hold rules of Calder Ltd" in said(dana.get(url(draft)))
    assert "Calder Ltd" in said(dana.get(RULES))


def test_a_draft_that_somebody_else_changed_is_refused(ordered: Office) -> None:
    draft, dana = begun(ordered), ordered.client(ordered.dana)
    for overdue_days in ("60", "70"):
        answer = dana.post(url(draft), {**GIVEN, "revision": "0", "overdue_days": overdue_days})
    assert answer.status_code == 422
    assert "Somebody else changed this draft" in said(answer)
    assert "Somebody else" in said(dana.post(url(draft, "discard/"), {"revision": "x"}))
    dana.post(url(draft, "discard/"), {"revision": "1"})
    assert not HoldRuleVersion.objects.filter(state="draft").exists()


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_only_managers_edit_rules(ordered: Office, who: str) -> None:
    draft, browser = begun(ordered), ordered.client(getattr(ordered, who))
    assert browser.get(RULES).status_code == 403
    assert browser.get(url(draft)).status_code == 403
    for deed in ("", "look/", "publish/", "discard/"):
        assert browser.post(url(draft, deed), GIVEN).status_code == 403
    assert browser.post(f"{RULES}begin/").status_code == 403
