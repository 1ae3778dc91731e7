"""Who may see and do what with imports, and how many questions a page asks the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.screens.importing.door import LIST, WRONG, Sent, checked

pytestmark = pytest.mark.django_db


def test_queries_do_not_grow_with_imports_or_problems(tab: Client, sent: Sent) -> None:
    batch = checked(tab, sent, WRONG)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            tab.get(path)
        return len(seen)

    paths = ["/OURS/imports/", f"/OURS/imports/{batch.pk}/"]
    before = [queries(path) for path in paths]
    many = "".join(f"{n},X,N{n},2026-02-31,2026-02-05,GBP,abc\n" for n in range(300))
    more = checked(tab, sent, LIST + many)
    assert [queries(paths[0]), queries(f"/OURS/imports/{more.pk}/")] == before


PAGES = ("", "new/", "profiles/", "profiles/own/open-items/", "{pk}/", "{pk}/mapping/", "{pk}/problems.csv")
DEEDS = ("{pk}/check/", "{pk}/apply/", "{pk}/discard/")


@pytest.mark.parametrize("role", [Role.SALES, Role.COLLECTOR])
def test_a_role_that_may_not_import_is_told_so(role: Role, tab: Client, sent: Sent, manager: User) -> None:
    batch = checked(tab, sent)
    manager.role = role
    manager.save()
    for path in PAGES:
        response = tab.get(f"/OURS/imports/{path.format(pk=batch.pk)}")
        assert response.status_code == 403
        assert "Your role does not include this" in response.content.decode()
    for path in DEEDS:
        assert tab.post(f"/OURS/imports/{path.format(pk=batch.pk)}").status_code == 403


def test_a_stranger_finds_nothing(tab: Client, sent: Sent, companies: tuple[Company, Company]) -> None:
    batch = checked(tab, sent)
    assert tab.get("/THEIRS/imports/").status_code == 404
    Batch.objects.update(company=companies[1])
    for path in PAGES[4:]:
        assert tab.get(f"/OURS/imports/{path.format(pk=batch.pk)}").status_code == 404
    for path in DEEDS:
        assert tab.post(f"/OURS/imports/{path.format(pk=batch.pk)}").status_code == 404


def test_nothing_is_done_by_looking(tab: Client, sent: Sent) -> None:
    batch = checked(tab, sent)
    for path in DEEDS:
        assert tab.get(f"/OURS/imports/{path.format(pk=batch.pk)}").status_code == 405
