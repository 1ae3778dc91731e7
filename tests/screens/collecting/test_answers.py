"""The page behind an answer link: one request, one answer, and nothing told about anything else."""

import datetime as dt
import io
import logging
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collections_app.contact import answer_links, colleague_requests
from collections_app.contact.answer_links import AnswerLink
from collections_app.contact.request_rows import ColleagueRequest
from collections_app.lib.secret_addresses import HideSecretAddresses
from collections_app.people.users import User
from collections_app.screens import answers
from collections_app.screens.request_log import RequestLog
from tests.documents import PDF
from tests.doors import text
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def ask(office: Office) -> ColleagueRequest:
    User.objects.filter(pk=office.priya.pk).update(email="priya@northgate.example")
    office.priya.refresh_from_db()
    return colleague_requests.ask(
        customer=office.customer("200"), kind="proof_of_delivery", to_email="wim@haulier.example",
        to_name="Wim", reason="they cannot pay without it", due_on=office.today + 2 * DAY, by=office.priya,
        at=office.at,
        invoices=[office.rows.invoices["B1"]],
    )  # fmt: skip


@pytest.fixture
def asked(office: Office) -> ColleagueRequest:
    return ask(office)


@pytest.fixture
def link(office: Office, asked: ColleagueRequest) -> str:
    return f"/answer/{answer_links.issue(asked, by=office.priya, at=office.at)}/"


def strict() -> Client:
    """A browser that nobody signed in to, whose forms are checked as those of a real one."""
    return Client(enforce_csrf_checks=True)


def token_of(page: bytes) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.decode())
    assert found
    return found.group(1)


def test_it_shows_the_request_and_nothing_else_of_the_product(link: str, office: Office) -> None:
    answer = Client().get(link)
    said = text(answer).replace(link, "")  # the link's signature is as much by chance as a token
    assert answer.status_code == 200
    for words in (
        "Priya asks for your help",
        "Please send me the signed proof of delivery for invoice B1",
        "Brandt",
    ):
        assert words in said
    for other in ("30,000", "30000", "Chase list", 'class="rail"', "A1", "/NG/", "overdue", "Sign out"):
        assert other not in said
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "workbench_session" not in answer.cookies


def test_a_session_that_is_there_shows_no_more(link: str, office: Office) -> None:
    said = office.client(office.dana).get(link).content.decode()
    assert "Dana" not in said
    assert 'class="rail"' not in said


def test_it_takes_words_and_files_once_and_then_says_thank_you(
    link: str, asked: ColleagueRequest, office: Office
) -> None:
    browser = strict()
    token = token_of(browser.get(link).content)
    form = {
        "csrfmiddlewaretoken": token, "answer_key": str(uuid4()), "words": "Signed by Mr Rowe",
        "by_name": "Wim\r\nX", "files": SimpleUploadedFile("pod.pdf", PDF),
    }  # fmt: skip
    sent = browser.post(link, form, headers={"Origin": "null"})
    assert (sent.status_code, sent["Location"]) == (303, link)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.ended_name, asked.ended_by) == (
        "answered", "Signed by Mr Rowe", "Wim X", None,
    )  # fmt: skip
    assert asked.files.count() == 1

    thanks = browser.get(link)
    assert thanks.status_code == 410
    assert "Thank you" in thanks.content.decode()
    assert "answered by Wim X on" in thanks.content.decode()
    assert "Signed by Mr Rowe" not in thanks.content.decode()
    again = browser.post(link, {**form, "words": "Another", "files": SimpleUploadedFile("x.pdf", PDF)})
    assert again.status_code == 410
    asked.refresh_from_db()
    assert asked.answer == "Signed by Mr Rowe"


def test_a_form_that_is_not_ours_is_refused(link: str, asked: ColleagueRequest) -> None:
    browser = strict()
    token = token_of(browser.get(link).content)
    for form, origin in (
        ({"words": "x"}, "null"),
        ({"words": "x", "csrfmiddlewaretoken": "x" * 64}, "null"),
        ({"words": "x", "csrfmiddlewaretoken": token}, "https://elsewhere.example"),
    ):
        assert browser.post(link, form, headers={"Origin": origin}).status_code == 403
    stranger = strict().post(link, {"words": "x", "csrfmiddlewaretoken": token}, headers={"Origin": "null"})
    assert stranger.status_code == 403
    asked.refresh_from_db()
    assert asked.state == "open"


def test_an_answer_that_says_nothing_or_a_bad_file_comes_back_with_what_was_typed(
    link: str, asked: ColleagueRequest
) -> None:
    nothing = Client().post(link, {"words": " ", "by_name": "Wim"})
    assert nothing.status_code == 422
    assert "Write a few words, or add a file" in nothing.content.decode()
    bad = Client().post(link, {"words": "planted", "files": SimpleUploadedFile("run.exe", b"MZ")})
    assert bad.status_code == 422
    assert "“run.exe” cannot be taken" in bad.content.decode()
    assert "planted" in bad.content.decode()
    asked.refresh_from_db()
    assert asked.state == "open"


def test_one_says_why_it_cannot_be_done(link: str, asked: ColleagueRequest) -> None:
    assert Client().post(link, {"declines": "yes"}).status_code == 422
    assert Client().post(link, {"declines": "yes", "words": "Lost"}).status_code == 303
    asked.refresh_from_db()
    assert (asked.state, asked.ended_name) == ("declined", "Wim")


@pytest.mark.parametrize("token", ["x", "1.x:y", "%00", "..%2f..%2fetc", "a" * 3000])
def test_what_is_no_link_of_ours_leads_nowhere_and_tells_nothing(office: Office, token: str) -> None:
    answer = Client().get(f"/answer/{token}/")
    assert answer.status_code == 404
    assert "leads nowhere" in answer.content.decode() or token == "..%2f..%2fetc"
    assert "Priya" not in answer.content.decode()


def test_a_link_of_one_request_opens_no_other(office: Office, link: str, asked: ColleagueRequest) -> None:
    other = ask(office)
    theirs = answer_links.issue(other, by=office.priya, at=office.at)
    number, _, rest = link.removeprefix("/answer/").removesuffix("/").partition(".")
    forged = f"/answer/{theirs.partition('.')[0]}.{rest}/"
    assert Client().get(forged).status_code == 404
    assert Client().post(forged, {"words": "x"}).status_code == 404
    other.refresh_from_db()
    assert other.state == "open"
    assert number != theirs.partition(".")[0]


def test_an_expired_link_names_whom_to_ask_for_a_new_one(link: str, office: Office) -> None:
    AnswerLink.objects.update(issued_at=office.at - 20 * DAY, expires_at=office.at - DAY)
    for answer in (Client().get(link), Client().post(link, {"words": "x"})):
        assert answer.status_code == 410
        said = answer.content.decode()
        assert "has expired" in said
        assert "priya@northgate.example" in said
        assert "Brandt" not in said


def test_a_withdrawn_request_and_a_revoked_link_show_nothing_of_it(
    link: str, asked: ColleagueRequest, office: Office
) -> None:
    answer_links.revoke(asked, by=office.priya, at=office.at)
    revoked = Client().get(link)
    assert (revoked.status_code, "took it back" in revoked.content.decode()) == (410, True)
    fresh = f"/answer/{answer_links.issue(asked, by=office.priya, at=office.at)}/"
    colleague_requests.withdraw(asked, reason="planted-reason", by=office.priya, at=office.at)
    over = Client().get(fresh)
    assert over.status_code == 410
    assert "not needed any more" in over.content.decode()
    for secret in ("planted-reason", "Brandt", "B1"):
        assert secret not in over.content.decode()


def test_asking_too_often_from_one_place_has_to_wait(link: str) -> None:
    codes = [Client().get("/answer/guess/").status_code for _ in range(answers.TRIES_MAX)]
    assert set(codes) == {404}
    assert Client().get(link).status_code == 429


def test_no_company_hides_behind_the_page(office: Office) -> None:
    assert Client().get("/answer/").status_code in (302, 404)


def test_the_log_holds_no_link(link: str) -> None:
    request = Client().get(link).wsgi_request
    assert RequestLog.format_request(request) == "GET /answer/…/"


def test_what_django_says_of_a_refused_answer_holds_no_link_either(link: str) -> None:
    (kept,) = [each for each in logging.getLogger().handlers if isinstance(each, logging.StreamHandler)
               and any(isinstance(one, HideSecretAddresses) for one in each.filters)]  # fmt: skip
    before = kept.setStream(written := io.StringIO())
    try:
        assert Client().post(link, {}).status_code == 422
    finally:
        kept.setStream(before)
    assert "Unprocessable" in written.getvalue()
    assert "/answer/…/" in written.getvalue()
    assert link not in written.getvalue()
