"""Procedures on screen: read by those who work by them, edited whole, published from a day on; levels."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from collections_app.dunning import levels, procedures
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules.steps import Channel, Step
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of

PAGE = "/NG/procedures/segments/small/"
DRAFT = f"{PAGE}draft/"
EMAIL = {"when": "after", "channel": "email", "level": "1", "signer": "collector"}


@pytest.fixture
def company(db: None) -> Company:
    company = company_of()
    procedures.ensure_default(company=company, by=None, at=clock.now())
    return company


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def browser(dana: User) -> Client:
    return signed_in(dana)


@pytest.fixture
def draft(company: Company, dana: User) -> ProcedureVersion:
    return procedures.begin(company=company, segment_code="small", by=dana, at=clock.now())


def sent(*steps: dict[str, str], **beside: Any) -> dict[str, str]:
    """What the form sends for ``steps``."""
    given = {f"s{n}-{name}": value for n, step in enumerate(steps) for name, value in step.items()}
    return {**given, "steps": str(len(steps)), "revision": "0", **beside}


def steps(draft: ProcedureVersion) -> list[tuple[str, int, int]]:
    draft.refresh_from_db()
    return [(step.code, step.offset, step.level) for step in draft.procedure.steps]


def test_who_works_by_a_procedure_reads_it_in_plain_words(company: Company) -> None:
    browser = signed_in(person(company, "priya"))
    page = text(browser.get("/NG/procedures/"))
    assert "<b>Email 7 days after the due date</b>" in page
    assert "Leaves by itself; 3 days after the last contact at the earliest." in page
    assert "“Write off, or give to the agency with others”" in page
    assert "Change it" not in text(browser.get(PAGE))


@pytest.mark.parametrize(
    ("role", "page", "status"),
    [
        (Role.SALES, "/NG/procedures/", 403),
        (Role.COLLECTOR, DRAFT, 403),
        (Role.COLLECTOR, "/NG/procedures/levels/", 403),
        (Role.MANAGER, "/NG/procedures/segments/nobody/", 404),
    ],
)
def test_it_is_refused_to_whom_it_is_not_for(company: Company, role: Role, page: str, status: int) -> None:
    assert signed_in(person(company, "x", role)).get(page).status_code == status


def test_a_draft_begins_with_what_is_in_force(browser: Client, company: Company) -> None:
    response = browser.post(f"{PAGE}begin/")
    assert (response.status_code, response["Location"]) == (303, DRAFT)
    page = text(browser.get(DRAFT))
    assert 'value="email+7"' in page
    assert 'name="s3-days"' in page
    assert 'name="s4-days"' not in page


def test_the_form_sends_back_exactly_what_is_in_force(browser: Client, company: Company, dana: User) -> None:
    """Every field of every step of the pack comes through the form as it was."""
    for code in ("key", "standard", "steady"):
        version = procedures.begin(company=company, segment_code=code, by=dana, at=clock.now())
        address = f"/NG/procedures/segments/{code}/draft/"
        forms = browser.get(address).context["steps"]
        given = {
            each.html_name: "on" if each.value() is True else str(each.value())
            for form in forms
            for each in form
            if str(each.value()) not in ("None", "False", "")
        }
        assert browser.post(address, {**given, "steps": len(forms), "revision": "0"}).status_code == 303
        before = sorted(version.procedure.steps, key=lambda step: step.code)
        version.refresh_from_db()
        assert version.revision == 1
        assert sorted(version.procedure.steps, key=lambda step: step.code) == before


def test_every_field_of_a_step_is_kept_and_a_new_step_gets_a_code_of_its_own(
    browser: Client, draft: ProcedureVersion
) -> None:
    known = {**EMAIL, "code": "email+7", "days": "5"}
    full = {
        "days": "10", "when": "worked_after", "channel": "call", "level": "2", "signer": "manager",
        "note": "Ask for a day", "quiet_days": "4", "least_amount": "1,250.50", "habit_grace_days": "0",
        "enters_by_age": "on", "repeat_days": "14",
    }  # fmt: skip
    response = browser.post(DRAFT, sent(full, known, {**EMAIL, "days": "7", "code": "made-up"}))
    assert response.status_code == 303
    assert steps(draft) == [("email+7", 5, 1), ("email+7.2", 7, 1), ("call+10", 10, 2)]
    call = draft.procedure.step("call+10")
    assert call is not None
    assert (call.channel, call.unit.value, call.note) == (Channel.CALL, "working_days", "Ask for a day")
    assert (call.quiet_days, str(call.least_amount), call.habit_grace_days) == (4, "1250.50", 0)
    assert (call.enters_by_age, call.repeat_days, call.signer.value) == (True, 14, "manager")


def test_a_wrong_draft_tells_every_problem_and_keeps_what_was_typed(
    browser: Client, draft: ProcedureVersion
) -> None:
    wrong = {**EMAIL, "days": "20", "level": "4", "is_automatic": "on", "note": "Over to them"}
    falling = {**EMAIL, "days": "30", "level": "2", "repeat_days": "3"}
    response = browser.post(DRAFT, sent(wrong, falling, {**EMAIL, "days": "soon"}))
    page = text(response)
    assert response.status_code == 422
    assert (
        "A person approves a final notice: the email 20 days after the due date cannot be automatic." in page
    )
    assert "A level never falls as time goes by; see the email 30 days after the due date." in page
    assert "The last step comes again after 7 to 365 days." in page
    assert 'value="soon"' in page
    assert 'value="Over to them"' in page
    assert 'aria-invalid="true"' in page
    assert draft.procedure.steps == ProcedureVersion.objects.get(pk=draft.pk).procedure.steps


def test_the_slower_of_two_is_told_and_loses_nothing(
    browser: Client, draft: ProcedureVersion, dana: User
) -> None:
    one = (Step("email+9", 9, Channel.EMAIL, 1),)
    procedures.edit(version=draft, steps=one, revision=0, by=dana, at=clock.now())
    response = browser.post(DRAFT, sent({**EMAIL, "days": "11"}))
    assert response.status_code == 422
    assert "Somebody else changed this draft" in text(response)
    assert 'value="11"' in text(response)
    assert steps(draft) == [("email+9", 9, 1)]


def test_steps_are_added_moved_and_taken_out_before_anything_is_kept(
    browser: Client, draft: ProcedureVersion
) -> None:
    before = steps(draft)
    two = ({**EMAIL, "days": "3", "note": "first"}, {**EMAIL, "days": "9", "level": "2", "note": "second"})

    def drawn(step: str) -> list[tuple[Any, Any, Any]]:
        found = browser.post(f"{DRAFT}look/", sent(*two, step=step), headers=HTMX).context["steps"]
        return [tuple(form[name].value() for name in ("days", "level", "note")) for form in found]

    assert len(drawn("add")) == 3
    assert drawn("drop-0") == [("9", "2", "second")]
    assert drawn("later-0") == drawn("earlier-1") == [("3", "1", "second"), ("9", "2", "first")]
    assert drawn("earlier-0") == drawn("later-1") == drawn("drop-x") == drawn("drop-99")
    assert steps(draft) == before


def test_a_draft_is_published_from_a_day_on_with_a_note(
    browser: Client, company: Company, draft: ProcedureVersion, dana: User
) -> None:
    day = company.today(at=clock.now()) + dt.timedelta(days=7)
    beside = {"step": "publish", "in_force_from": day.isoformat(), "note": "Gentler"}
    response = browser.post(DRAFT, sent({**EMAIL, "days": "11"}, **beside))
    assert (response.status_code, response["Location"]) == (303, PAGE)
    draft.refresh_from_db()
    assert (draft.state, draft.in_force_from, draft.note) == ("published", day, "Gentler")
    assert draft.published_by == dana
    page = text(browser.get(PAGE))
    assert "to come" in page
    assert "Email 11 days after the due date" in page
    assert "Gentler" in page


@pytest.mark.parametrize(
    ("day", "said"), [("", "Say from which day"), ("2020-01-01", "in force from today on")]
)
def test_what_is_not_published_is_kept_all_the_same(
    browser: Client, draft: ProcedureVersion, day: str, said: str
) -> None:
    beside = {"step": "publish", "in_force_from": day, "note": "Gentler"}
    response = browser.post(DRAFT, sent({**EMAIL, "days": "11"}, **beside))
    assert response.status_code == 422
    assert said in text(response)
    assert "Gentler" in text(response)
    assert 'name="revision" value="1"' in text(response)
    assert steps(draft) == [("email+11", 11, 1)]
    assert draft.state == "draft"


def test_a_draft_is_thrown_away(browser: Client, draft: ProcedureVersion) -> None:
    assert browser.post(f"{DRAFT}discard/", {"revision": "7"}).status_code == 409
    assert browser.post(f"{DRAFT}discard/", {"revision": "0"}).status_code == 303
    assert not ProcedureVersion.objects.filter(pk=draft.pk).exists()
    assert browser.get(DRAFT)["Location"] == PAGE


def test_levels_go_up_one_at_a_time_and_only_when_it_is_meant(
    browser: Client, company: Company, dana: User
) -> None:
    page, at = "/NG/procedures/levels/", clock.now()
    today = company.today(at=at)

    def switch(level: int, **given: str) -> Any:
        return browser.post(page, {"highest_level": str(level), "from_on": today.isoformat(), **given})

    assert switch(0).status_code == 422
    assert levels.highest_on(company=company, day=today) == 5
    assert switch(0, is_meant="on").status_code == 303
    refused = switch(3, is_meant="on")
    assert refused.status_code == 422
    assert "One level at a time: the next is “First reminder”." in text(refused)
    assert switch(1, is_meant="on").status_code == 303
    assert levels.highest_on(company=company, day=today) == 1
    assert "Up to “First reminder”" in text(browser.get(page))
    assert switch(-1, is_meant="on").status_code == 303
    assert "No level is switched on: nobody is reminded." in text(browser.get("/NG/procedures/"))
