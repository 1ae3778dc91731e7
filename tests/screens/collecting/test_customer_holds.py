"""Orders on the customer's page: which wait, what a payment frees, and what a manager decides about all."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from collections_app.holds.customer_terms import CreditTerm, ForcedHold, HoldExclusion
from collections_app.holds.hold_rows import Hold
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import HTMX, Answered
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.selling import forced, placed, sold

DEEDS = ("holds/force/", "holds/lift/", "holds/exclusions/", "holds/expiry/")


def said(answer: Answered) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def page(office: Office, user: User, number: str = "100") -> str:
    return said(office.client(user).get(office.url(number)))


def send(office: Office, deed: str, user: User | None = None, **given: str) -> Answered:
    form: dict[str, Any] = {"form_key": str(uuid4()), **given}
    return office.client(user or office.dana).post(office.url("100", deed), form, follow=True)


def test_the_call_card_says_what_a_payment_frees(office: Office) -> None:
    placed(office, "SO-1", "9400.00")
    placed(office, "SO-2", "40.00")
    text = page(office, office.priya)
    day = f"{office.today:%-d %B}"
    assert f"A payment of £120,000.00 frees order SO-1 (on hold since {day}). 1 more order waits." in text
    assert "back within their limit" not in text


def test_the_page_lists_the_orders_in_hand_and_how_they_stand(office: Office) -> None:
    placed(office, "SO-1", "9400.00")
    assert "SO-1 on hold since today" in page(office, office.priya)
    placed(office, "SO-3", "5.00", customer="300")
    assert "SO-3 free £5.00" in page(office, office.priya, "300")


def test_sales_see_the_orders_of_their_customer_and_no_words_of_ours(office: Office) -> None:
    sold(office, "100")
    placed(office, "SO-1", "9400.00")
    forced(office, "planted words")
    text = page(office, office.sam)
    assert "SO-1 on hold since today" in text
    assert "planted" not in text
    assert "Set a rule aside" not in text


def test_a_manager_holds_all_orders_and_lifts_it_with_a_reason(office: Office) -> None:
    placed(office, "SO-3", "5.00", customer="300")
    url = office.url("300", "holds/force/")
    dana = office.client(office.dana)
    assert "Say why, in a few words." in said(dana.post(url, {"form_key": str(uuid4()), "reason": ""}))
    dana.post(url, {"form_key": str(uuid4()), "reason": "A debit came back"})
    assert ForcedHold.objects.get().reason == "A debit came back"
    assert Hold.objects.standing().count() == 1
    assert "Dana put all their orders on hold, today" in page(office, office.priya, "300")

    dana.post(office.url("300", "holds/lift/"), {"because": "The new mandate is here"})
    assert ForcedHold.objects.get().because == "The new mandate is here"
    assert Hold.objects.standing().count() == 0


def test_a_rule_is_set_aside_up_to_a_day_and_held_again_before_it(office: Office) -> None:
    placed(office, "SO-1", "9400.00")
    day = office.today + dt.timedelta(days=10)
    send(office, "holds/exclusions/", code="overdue_days", until=day.isoformat(), reason="A plan is agreed")
    made = HoldExclusion.objects.get()
    text = page(office, office.priya)
    assert "for orders up to £25,000.00: Overdue for too long. A plan is agreed (Dana)" in text
    up_to = "For their orders up to £25,000.00; the finance director sets it aside for larger ones."
    whole = office.client(office.dana).get(office.url("100")).content.decode()
    assert up_to in page(office, office.dana)
    assert '<option value="overdue_days" selected>' in whole
    assert "Hold by it again" not in text

    office.client(office.dana).post(f"/NG/holds/exclusions/{made.pk}/end/")
    assert not HoldExclusion.objects.standing().exists()


def test_what_is_refused_comes_back_as_it_was_typed(office: Office) -> None:
    past = (office.today - dt.timedelta(days=3)).isoformat()
    answer = send(office, "holds/exclusions/", until=past, reason="Typed words", code="")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Typed words" in answer.content.decode()
    assert "It ends today or later" in said(answer)
    part = office.client(office.dana).post(office.url("100", "holds/force/"), {"reason": ""}, headers=HTMX)
    assert part.status_code == 422
    assert "<html" not in part.content.decode()


def test_the_day_on_which_a_limit_ends_is_set_and_taken_away(office: Office) -> None:
    send(office, "holds/expiry/", on=office.today.isoformat())
    assert CreditTerm.objects.get().limit_expires_on == office.today
    send(office, "holds/expiry/", on="")
    assert CreditTerm.objects.get().limit_expires_on is None


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["priya", "sam"])
def test_only_managers_decide_about_all_orders(office: Office, deed: str, who: str) -> None:
    sold(office, "100")
    forced(office, "We wait")
    answer = send(office, deed, getattr(office, who), reason="x", because="x", until="2030-01-01")
    assert answer.status_code == 403  # type: ignore[attr-defined]
    assert ForcedHold.objects.standing().count() == 1
    assert not HoldExclusion.objects.exists()


def test_a_manager_of_strangers_finds_no_exclusion(office: Office) -> None:
    day = (office.today + dt.timedelta(days=10)).isoformat()
    send(office, "holds/exclusions/", code="", until=day, reason="A plan")
    made = HoldExclusion.objects.get()
    ada = person(office.company, "ada", Role.ADMINISTRATOR)
    assert office.client(ada).post(f"/NG/holds/exclusions/{made.pk}/end/").status_code == 403
    assert HoldExclusion.objects.standing().exists()
