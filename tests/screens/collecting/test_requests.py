"""Requests to colleagues, on screen: asked kindly, answered with words and files, seen by those concerned."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from collections_app.contact import colleague_requests
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.documents import PDF
from tests.ledgerrows import company_of
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def ask(office: Office, number: str = "200", **facts: Any) -> ColleagueRequest:
    to = {} if facts.keys() & {"to_user", "to_desk", "to_email"} else {"to_user": office.sam}
    given: dict[str, Any] = {
        "kind": "price_confirmation", "reason": "they say it was lower", "due_on": office.today + 2 * DAY,
        "by": office.priya, "at": office.at, **to,
    }  # fmt: skip
    return colleague_requests.ask(customer=office.customer(number), **{**given, **facts})


def page(office: Office, path: str, user: User | None = None) -> str:
    return office.client(user or office.priya).get(f"/NG/{path}").content.decode()


def form_of(office: Office, **facts: Any) -> dict[str, Any]:
    given = {
        "form_key": str(uuid4()), "kind": "proof_of_delivery", "to_desk": "logistics", "to_email": "",
        "reason": "the customer cannot pay without it", "due_on": f"{office.today + 2 * DAY:%Y-%m-%d}",
        "due_at": "16:00", "words": "", "written": "", "to_name": "",
    }  # fmt: skip
    return {**given, **facts}


def test_the_form_is_filled_in_by_kind_with_please_why_by_when_and_thank_you(office: Office) -> None:
    invoice = office.rows.invoices["B1"]
    said = page(
        office, f"customers/{office.customer('200').pk}/requests/new/?kind=invoice_copy&invoices={invoice.pk}"
    )
    assert (
        "Please send me a copy of invoice B1 of Brandt GmbH, because the customer cannot find it, by" in said
    )
    assert '<option value="billing" selected>' in said


def test_words_that_nobody_touched_follow_what_is_chosen(office: Office) -> None:
    words = "Please send …"
    form = form_of(
        office, words=words, written=words, reason="their bank asks", invoices=[office.rows.invoices["B1"].pk]
    )
    answer = office.client(office.priya).post(office.url("200", "requests/new/"), form)
    made = ColleagueRequest.objects.get()
    assert answer["Location"] == f"/NG/requests/{made.pk}/"
    assert "invoice B1 of Brandt GmbH, because their bank asks, by" in made.words


def test_words_without_courtesy_are_asked_about_once_and_kindly(office: Office) -> None:
    form = form_of(office, words="POD for B1, you forgot it", written="Please …")
    browser, url = office.client(office.priya), office.url("200", "requests/new/")
    asked = browser.post(url, form)
    assert asked.status_code == 422
    for words in ("colleagues count too", "no “please”", "does not say why", "“you forgot”", "POD for B1"):
        assert words in asked.content.decode()
    assert not ColleagueRequest.objects.exists()

    assert browser.post(url, {**form, "as_it_is": "yes"}).status_code == 303
    assert ColleagueRequest.objects.get().words == "POD for B1, you forgot it"


def test_the_same_form_twice_asks_once(office: Office) -> None:
    form, browser = form_of(office), office.client(office.priya)
    assert {browser.post(office.url("200", "requests/new/"), form)["Location"] for _ in range(2)} == {
        f"/NG/requests/{ColleagueRequest.objects.get().pk}/"
    }


def test_what_was_refused_comes_back_as_it_was_typed(office: Office) -> None:
    form = form_of(
        office, to_email="w@h.example", reason="", words="Please, planted-words, because, today, thanks"
    )
    answer = office.client(office.priya).post(office.url("200", "requests/new/"), form)
    said = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Choose one: a colleague, a desk", "Say why you ask", "planted-words"):
        assert words in said


def test_lists_are_of_me_of_my_desk_by_me_and_overdue(office: Office) -> None:
    User.objects.filter(pk=office.sam.pk).update(desk="sales")
    office.sam.refresh_from_db()
    ask(office, to_user=office.sam, words="1", kind="approval")
    ask(office, to_desk="sales", words="2", kind="invoice_copy")
    late = ask(office, to_email="w@h.example", words="3", kind="proof_of_delivery")
    ColleagueRequest.objects.filter(pk=late.pk).update(due_on=office.today - DAY)

    assert "Approval</a>" in page(office, "requests/", office.sam)
    desk = page(office, "requests/?view=desk", office.sam)
    assert "Copy of an invoice</a>" in desk
    assert "My desk: sales" in desk
    everything = page(office, "requests/?view=all", office.sam)
    assert "Proof of delivery</a>" not in everything
    overdue = page(office, "requests/?view=overdue")
    assert "Proof of delivery</a>" in overdue
    assert "Approval</a>" not in overdue
    assert page(office, "requests/?view=asked").count("data-row-link") == 3
    assert page(office, "requests/?view=asked&kind=approval").count("data-row-link") == 1
    assert 'class="tally">2<' in page(office, "", office.sam)  # the rail counts what waits for him


def test_a_long_list_goes_on_by_place_and_costs_no_more(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for _ in range(52):
        ask(office)
    browser = office.client(office.priya)
    with django_assert_max_num_queries(14):
        first = browser.get("/NG/requests/?view=asked").content.decode()
    last = ColleagueRequest.objects.order_by("due_on", "pk")[49]
    assert first.count("data-row-link") == 50
    assert page(office, f"requests/?view=asked&after={last.due_on}~{last.pk}").count("data-row-link") == 2


def test_it_is_answered_with_a_file_that_comes_back_as_a_download(office: Office) -> None:
    made, browser = ask(office), office.client(office.sam)
    form = {
        "answer_key": str(uuid4()), "version": "1", "words": "Agreed at 12.50",
        "files": [SimpleUploadedFile("../Preis liste.pdf", PDF), SimpleUploadedFile("b.pdf", PDF)],
    }  # fmt: skip
    assert browser.post(f"/NG/requests/{made.pk}/answer/", form).status_code == 303
    made.refresh_from_db()
    assert (made.state, made.answer, made.files.count()) == ("answered", "Agreed at 12.50", 2)
    said = page(office, f"requests/{made.pk}/")
    assert "Agreed at 12.50" in said
    kept = made.files.order_by("pk")[0]
    file = office.client(office.priya).get(f"/NG/requests/{made.pk}/files/{kept.pk}/")
    assert file.content == PDF
    assert file["Content-Disposition"] == 'attachment; filename="Preis liste.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file["Cache-Control"] == "no-store"
    other = ask(office)
    assert office.client(office.priya).get(f"/NG/requests/{other.pk}/files/{kept.pk}/").status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_stay(office: Office) -> None:
    made = ask(office)
    form = {"version": "1", "words": "planted-words", "files": [SimpleUploadedFile("a.pdf", b"MZ\x90")]}
    answer = office.client(office.sam).post(f"/NG/requests/{made.pk}/answer/", form)
    assert answer.status_code == 422
    assert "It is not a PDF" in answer.content.decode()
    assert "planted-words" in answer.content.decode()


def test_a_form_that_states_to_be_too_large_is_refused_unread(office: Office) -> None:
    made = ask(office)
    answer = office.client(office.sam).generic(
        "POST", f"/NG/requests/{made.pk}/answer/", b"x", CONTENT_LENGTH="99999999999"
    )
    assert answer.status_code == 413
    assert "That is too large" in answer.content.decode()


def test_it_cannot_be_done_with_a_reason(office: Office) -> None:
    made, browser = ask(office), office.client(office.sam)
    without = browser.post(f"/NG/requests/{made.pk}/answer/", {"version": "1", "declines": "yes"})
    assert without.status_code == 422
    browser.post(f"/NG/requests/{made.pk}/answer/", {"version": "1", "declines": "yes", "words": "Lost"})
    made.refresh_from_db()
    assert made.state == "declined"


def test_an_answer_to_what_changed_says_what_changed(office: Office) -> None:
    made = ask(office)
    colleague_requests.move(
        made, due_on=office.today + 9 * DAY, reason="agreed", by=office.priya, at=office.at
    )
    answer = office.client(office.sam).post(
        f"/NG/requests/{made.pk}/answer/", {"version": "1", "words": "planted"}
    )
    assert answer.status_code == 422
    assert "agreed) (Priya" in answer.content.decode()
    assert "planted" in answer.content.decode()


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("move", {"due_on": "{day}", "reason": "away"}),
        ("pass-on", {"to_desk": "warehouse", "reason": "theirs"}),
        ("withdraw", {"reason": "they paid"}),
    ],
)
def test_it_is_changed_from_its_page(office: Office, deed: str, form: dict[str, str]) -> None:
    made, browser = ask(office), office.client(office.priya)
    url = f"/NG/requests/{made.pk}/{deed}/"
    refused = browser.post(url, {"version": "1", "to_email": "planted@typed.example"})
    assert refused.status_code == 422
    given = {
        name: value.replace("{day}", f"{office.today + 9 * DAY:%Y-%m-%d}") for name, value in form.items()
    }
    assert browser.post(url, {"version": "1", **given}).status_code == 303
    made.refresh_from_db()
    assert made.version == 2


def test_a_link_is_shown_once_and_stopped(office: Office) -> None:
    made, browser = ask(office, to_email="w@h.example"), office.client(office.priya)
    shown = browser.post(f"/NG/requests/{made.pk}/link/").content.decode()
    assert "http://testserver/answer/" in shown
    assert "testserver/answer/" not in page(office, f"requests/{made.pk}/")
    browser.post(f"/NG/requests/{made.pk}/links/revoke/")
    link = shown.partition('value="http://testserver')[2].partition('"')[0]
    assert browser.get(link).status_code == 410


DEEDS = ("answer/", "link/", "links/revoke/", "move/", "pass-on/", "withdraw/")


@pytest.mark.parametrize("who", ["tom", "sam", "stranger"])
def test_whom_it_does_not_concern_find_nothing(office: Office, who: str) -> None:
    people = {
        "tom": office.tom,
        "sam": office.sam,
        "stranger": person(company_of("OTHER"), "eve", Role.MANAGER),
    }
    made, browser = ask(office, "300", to_desk="warehouse"), office.client(people[who])
    assert browser.get(f"/NG/requests/{made.pk}/").status_code == 404
    for deed in DEEDS:
        assert (
            browser.post(f"/NG/requests/{made.pk}/{deed}", {"words": "x", "reason": "x"}).status_code == 404
        )
    assert browser.get(office.url("300", "requests/new/")).status_code == (403 if who == "sam" else 404)
    made.refresh_from_db()
    assert made.version == 1


def test_ids_of_another_company_are_not_found_under_ones_own(office: Office) -> None:
    other = company_of("OTHER")
    other.members.add(office.dana)
    assert office.client(office.dana).get(f"/OTHER/requests/{ask(office).pk}/").status_code == 404


def test_a_colleague_sees_what_is_asked_and_nothing_of_the_customer(office: Office) -> None:
    made = ask(office, "300")
    said = page(office, f"requests/{made.pk}/", office.sam)
    assert "Calder Ltd" in said
    for internal in ("900.00", "To the customer", "Limit", "overdue 9"):
        assert internal not in said


def test_an_administrator_looks_and_does_not_answer(office: Office) -> None:
    ada = person(office.company, "ada", Role.ADMINISTRATOR)
    made = ask(office)
    said = page(office, f"requests/{made.pk}/", ada)
    assert "Send the answer" not in said
    answer = office.client(ada).post(f"/NG/requests/{made.pk}/answer/", {"words": "x"})
    assert answer.status_code == 422
    made.refresh_from_db()
    assert made.state == "open"
