"""A saved view: a filter of the dashboard under a name, a person's own or the company's.

Whoever opens the reports without a filter gets their own default, else the company's. A view of one's own
concerns nobody else and leaves no event; one of the company does.
"""

import datetime as dt
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.reports.rules.viewing import KEPT, NAME_LENGTH_MAX, problems_of_view


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Words for saved views."""

    def seen_by(self, user: User, *, company: Company) -> "SavedViewQuerySet":
        """Their own and the company's."""
        return self.filter(Q(owner=user) | Q(owner=None), company=company)

    def in_order(self) -> "SavedViewQuerySet":
        """One's own first, by name."""
        return self.order_by(F("owner").asc(nulls_last=True), Lower("name"))


class SavedView(models.Model):
    """``query`` is the filter as an address has it; without ``owner`` the view is the company's."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=NAME_LENGTH_MAX)
    query = models.JSONField()
    is_default = models.BooleanField(default=False)

    objects: ClassVar[SavedViewQuerySet] = SavedViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "report_view"
        constraints = [
            models.UniqueConstraint(
                "company", "owner", Lower("name"), name="view_has_a_name_of_its_own", nulls_distinct=False
            ),
            models.UniqueConstraint(
                fields=["company", "owner"],
                condition=Q(is_default=True),
                name="one_view_is_the_default",
                nulls_distinct=False,
            ),
        ]

    @property
    def is_shared(self) -> bool:
        return self.owner_id is None

    @property
    def filters(self) -> dict[str, str]:
        """The filter as its address has it."""
        return {"currency": self.company.currency, **self.query}


def default_of(user: User, *, company: Company) -> SavedView | None:
    """What opens without a filter: their own default, else the company's."""
    return SavedView.objects.seen_by(user, company=company).filter(is_default=True).in_order().first()


@transaction.atomic
def keep(
    *,
    company: Company,
    name: str,
    query: dict[str, str],
    is_shared: bool,
    is_default: bool,
    by: User,
    at: dt.datetime,
) -> SavedView:
    """Keep a filter under a name. Refused with all problems."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    _lock(company)
    view = SavedView(company=company, owner=None if is_shared else by, name=name.strip())
    view.query = {field: query[field] for field in KEPT if query.get(field)}
    _write(view, is_default=is_default)
    _tell(view, "kept", f"The view “{view.name}” of the reports is kept for everybody.", by=by, at=at)
    return view


@transaction.atomic
def change(view: SavedView, *, name: str, is_default: bool, by: User, at: dt.datetime) -> SavedView:
    """Give a view another name, or make it the default or not. Refused with all problems."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    _lock(view.company)
    before, view.name = view.name, name.strip()
    _write(view, is_default=is_default)
    opens = "opens first" if is_default else "does not open first"
    said = f"The view “{before}” of the reports is now called “{view.name}” and {opens}."
    _tell(view, "changed", said, by=by, at=at)
    return view


@transaction.atomic
def remove(view: SavedView, *, by: User, at: dt.datetime) -> None:
    """Forget a view; what it shows is in the ledger."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    _tell(view, "removed", f"The view “{view.name}” of the reports is removed.", by=by, at=at)
    view.delete()


def _lock(company: Company) -> None:
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _write(view: SavedView, *, is_default: bool) -> None:
    """A new default takes the place of the one before."""
    others = SavedView.objects.filter(company=view.company, owner=view.owner).exclude(pk=view.pk)
    if problems := problems_of_view(view.name, list(others.values_list("name", flat=True))):
        raise Refused(problems)
    if is_default:
        others.update(is_default=False)
    view.is_default = is_default
    view.save()


def _tell(view: SavedView, what: str, said: str, *, by: User, at: dt.datetime) -> None:
    if view.is_shared:
        facts = {"view": view.pk, "name": view.name, "query": view.query}
        events.record(f"report_view.{what}", said, company=view.company, facts=facts, by=by, at=at)
