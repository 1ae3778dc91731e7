"""A mapping in a plain browser: guessed, shown, corrected, saved as a profile; the file is checked by it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from collections_app.intake import profiles
from collections_app.intake.batches import Batch
from collections_app.intake.profiles import Profile
from collections_app.jobs import tasks
from collections_app.ledger.companies import Company
from collections_app.people.users import User

pytestmark = pytest.mark.django_db

FILE = (
    "Aged debt;;;;;\n"
    "Kunde;Firma;Beleg;Datum;Fällig am;Art;Offen\n"
    "0100;Harrow Tools;A1;05.01.2026;05.02.2026;RE;1.120,50\n"
    "100;Harrow Tools;A2;17.01.2026;17.02.2026;GU;-20,00\n"
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The batches that a worker was told to check."""
    ids: list[int] = []
    monkeypatch.setattr(tasks.check_import, "delay", ids.append)
    return ids


@pytest.fixture
def tab(manager: User, told: list[int]) -> Client:
    client = Client()
    client.force_login(manager)
    return client


@pytest.fixture
def batch(tab: Client) -> Batch:
    """A file that nobody has described."""
    file = SimpleUploadedFile("offen.csv", FILE.encode("cp1252"))
    response = tab.post("/OURS/imports/new/", {"file": file, "reads": ":open-items", "as_of": "2026-03-01"})
    made = Batch.objects.get()
    assert response["Location"] == f"/OURS/imports/{made.pk}/mapping/"
    return made


GIVEN = {
    "line": "2",
    "base": "",
    "kind": "open-items",
    "has_header": "on",
    "days": "D-M-Y",
    "decimal_mark": ",",
    "side": "signed",
    "lines": "one",
    "default_type": "invoice",
    "currency": "EUR",
    "strips_zeros": "on",
    "column-0": "customer",
    "column-1": "customer_name",
    "column-2": "number",
    "column-3": "issued_on",
    "column-4": "due_on",
    "column-5": "type",
    "column-6": "open_amount",
    "word-0": "RE",
    "meaning-0": "invoice",
    "word-1": "GU",
    "meaning-1": "credit_note",
    "word-2": "*",
    "meaning-2": "",
    "as_of": "2026-03-01",
    "title": "Offene Posten",
}


def url(batch: Batch) -> str:
    return f"/OURS/imports/{batch.pk}/mapping/"


def test_it_guesses_columns_days_and_amounts(tab: Client, batch: Batch) -> None:
    response = tab.get(url(batch))
    mapping = response.context["mapping"]
    assert mapping.columns == {
        "customer": ("Kunde",),
        "customer_name": ("Firma",),
        "number": ("Beleg",),
        "issued_on": ("Datum",),
        "due_on": ("Fällig am",),
        "type": ("Art",),
        "open_amount": ("Offen",),
    }
    assert (mapping.days, mapping.decimal_mark, mapping.strips_zeros) == (("D-M-Y",), ",", True)
    html = response.content.decode()
    assert "1120.50" in html
    assert "2026-01-17" in html


def test_a_change_shows_the_rows_anew_and_keeps_nothing(
    tab: Client, batch: Batch, htmx: dict[str, str]
) -> None:
    response = tab.post(url(batch), {**GIVEN, "days": "M-D-Y"}, headers=htmx)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.strip().startswith('<div id="mapping"')
    assert "17.01.2026: not understood" in html
    assert not Profile.objects.exists()


def test_it_shows_again_without_a_script(tab: Client, batch: Batch) -> None:
    html = tab.post(url(batch), {**GIVEN, "step": "show"}).content.decode()
    assert "<html" in html
    assert 'value="Offene Posten"' in html


def test_it_saves_the_profile_and_has_the_file_checked(
    tab: Client, batch: Batch, told: list[int], companies: tuple[Company, Company]
) -> None:
    response = tab.post(url(batch), {**GIVEN, "step": "save"})
    assert (response.status_code, response["Location"]) == (303, f"/OURS/imports/{batch.pk}/")
    assert told == [batch.pk]
    mapping = profiles.named("offene-posten", company=companies[0]).mapping
    assert mapping.types == {"RE": "invoice", "GU": "credit_note"}
    tasks.check_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.summary["new"], batch.summary["totals"]) == ("checked", 2, {"EUR": "1100.50"})


def test_a_mapping_that_lacks_something_says_all_of_it(tab: Client, batch: Batch) -> None:
    lacking = {**GIVEN, "column-0": "", "column-1": "", "column-6": "", "title": "", "step": "save"}
    response = tab.post(url(batch), lacking)
    html = response.content.decode()
    assert response.status_code == 422
    assert "number or name stands" in html
    assert "open amount stands" in html
    assert "Give the profile a name." in html


def test_two_columns_for_one_field_are_named(tab: Client, batch: Batch) -> None:
    html = tab.post(url(batch), {**GIVEN, "column-3": "due_on", "step": "save"}).content.decode()
    assert "“Datum” and “Fällig am” are both read as “Due date”" in html


def test_the_name_of_a_built_in_profile_is_not_taken(tab: Client, batch: Batch) -> None:
    response = tab.post(url(batch), {**GIVEN, "title": "own", "step": "save"})
    assert response.status_code == 422
    assert "Choose another" in response.content.decode()


def test_it_begins_from_a_profile_that_is_named(tab: Client, batch: Batch) -> None:
    mapping = tab.get(url(batch), {"from": "sap-fbl5n-de:open-items"}).context["mapping"]
    assert mapping.types["DG"] == "credit_note"


def test_a_refused_file_is_read_in_another_way(tab: Client, batch: Batch, told: list[int]) -> None:
    tab.post(url(batch), {**GIVEN, "days": "M-D-Y", "step": "save"})
    tasks.check_import(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "refused"
    tab.post(url(batch), {**GIVEN, "base": "offene-posten:open-items", "step": "save"})
    tasks.check_import(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.problem_count, batch.problems.count()) == ("checked", 0, 0)


def test_a_file_that_is_no_table_is_told(tab: Client) -> None:
    file = SimpleUploadedFile("letter.csv", b"%PDF-1.7 ...")
    response = tab.post("/OURS/imports/new/", {"file": file, "reads": ":transactions"}, follow=True)
    assert "The file is a PDF document" in response.content.decode()


def test_posted_nonsense_does_no_harm(tab: Client, batch: Batch) -> None:
    nonsense = {
        "line": "9" * 40,
        "base": "x:y",
        "kind": "?",
        "column-0": "no-field",
        "word-0": "RE",
        "meaning-0": "?",
    }
    assert tab.post(url(batch), nonsense).status_code == 200
    assert tab.get(url(batch), {"from": "x:y"}).status_code == 200


def test_an_applied_file_is_not_mapped_any_more(tab: Client, batch: Batch) -> None:
    Batch.objects.update(state="discarded")
    assert tab.get(url(batch)).status_code == 409


def test_a_built_in_profile_becomes_ones_own_under_another_name(
    tab: Client, companies: tuple[Company, Company]
) -> None:
    address = "/OURS/imports/profiles/xero-invoices/open-items/"
    assert "Save as my own" in tab.get(address).content.decode()
    given = {
        **GIVEN,
        "title": "Our Xero",
        "headers-customer": "ContactName | Contact",
        "headers-open_amount": "Due",
    }
    assert tab.post(address, given).status_code == 303
    mapping = profiles.named("our-xero", company=companies[0]).mapping
    assert mapping.columns == {"customer": ("ContactName", "Contact"), "open_amount": ("Due",)}
    assert mapping.skip_status == ("Draft", "Voided", "Deleted", "Submitted")
    assert "Our Xero" in tab.get("/OURS/imports/profiles/").content.decode()


def test_ones_own_profile_is_changed_in_its_place(tab: Client, batch: Batch) -> None:
    tab.post(url(batch), {**GIVEN, "step": "save"})
    address = "/OURS/imports/profiles/offene-posten/open-items/"
    given = {**GIVEN, "title": "Open, new name", "headers-customer": "Kunde", "headers-open_amount": "Offen"}
    assert tab.post(address, given).status_code == 303
    assert Profile.objects.get().title == "Open, new name"
    assert tab.post(address, {**given, "headers-customer": ""}).status_code == 422
    assert tab.get("/OURS/imports/profiles/no-such/open-items/").status_code == 404
