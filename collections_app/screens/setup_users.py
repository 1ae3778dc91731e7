"""Set-up of who signs in: users with their role, companies and teams, and their passwords."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from collections_app.activity import staff
from collections_app.jobs import regroupings
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import desks
from collections_app.people.rules import Deed, Role
from collections_app.people.staff_rules import Person
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.screens import following
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.segmentation import leaving

ROLES = {
    Role.COLLECTOR: "Collector: works customers",
    Role.MANAGER: "Manager: sees whole companies, decides on segments and rules",
    Role.SALES: "Sales, and other desks: sees the customers they sell to, and what they are asked",
    Role.ADMINISTRATOR: "Administrator: sets up companies and users",
}


def _password(label: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=label, widget=widget, strip=False, help_text="At least 12 characters. Tell it to them."
    )


class PersonForm(forms.Form):
    """What is said of somebody who signs in."""

    full_name = forms.CharField(max_length=150, label="Name")
    email = forms.CharField(max_length=254, required=False, label="Email")
    role = forms.ChoiceField(choices=list(ROLES.items()), label="Role", widget=forms.RadioSelect)
    desk = forms.ChoiceField(
        choices=[("", "none"), *((desk.value, label) for desk, label in desks.LABELS.items())],
        required=False,
        label="Answers for the desk",
        help_text="Disputes and requests for that desk come to them, whatever their role.",
    )
    companies = forms.ModelMultipleChoiceField(
        Company.objects.order_by("name"),
        required=False,
        label="May see",
        widget=forms.CheckboxSelectMultiple,
        help_text="An administrator sees all of them.",
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.order_by("name"),
        required=False,
        label="Teams",
        widget=forms.CheckboxSelectMultiple,
        help_text="Collectors of one team see each other's customers.",
    )


class NewPersonForm(PersonForm):
    """Somebody new."""

    username = forms.CharField(
        max_length=150, label="User name", help_text="As the accounts system calls them."
    )
    password = _password("First password")
    field_order = ("username", "full_name", "email", "password")


class KnownPersonForm(PersonForm):
    """Somebody who is here already."""

    is_active = forms.BooleanField(
        required=False,
        label="May sign in",
        help_text="Take the tick away when they leave; nothing they did is lost.",
    )


class PasswordForm(forms.Form):
    """A new password."""

    password = _password("New password")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in, those who left at the end."""
    administrator_of(request, to=Deed.MANAGE_USERS)
    people = User.objects.order_by("-is_active", "full_name").prefetch_related("companies", "teams")
    return render_page(request, "setup_users/index.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    form = NewPersonForm(request.POST or None, initial={"role": Role.COLLECTOR})
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        person = Person(
            given.pop("username"),
            given.pop("full_name"),
            given.pop("email"),
            given.pop("role"),
            desk=given.pop("desk"),
        )
        try:
            with _placing_anew(given["companies"]):
                made = staff.create(person=person, **given, by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            said = f"{made} can sign in now. {_and_the_lists(given['companies'])}"
            messages.success(request, said.strip())
            return go_to(request, reverse("setup_users"))
    return _page(request, "setup_users/new.html", {"form": form, "problems": problems})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person. Who looks after whom follows at once, in the companies that are concerned."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    form = KnownPersonForm(request.POST or None, initial=_filled(person))
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            concerned = _change(person, form.cleaned_data, by=user)
        except Refused as refused:
            problems = refused.problems
        else:
            said = f"{form.cleaned_data['full_name']} is set up anew. {_and_the_lists(concerned)}"
            messages.success(request, said.strip())
            return go_to(request, reverse("setup_users"))
    context = {"person": person, "form": form, "password_form": PasswordForm(), "problems": problems}
    return _page(request, "setup_users/show.html", context)


@require_POST
def set_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """A new password for somebody who forgot theirs."""
    user = administrator_of(request, to=Deed.MANAGE_USERS)
    person = get_object_or_404(User, pk=user_id)
    form = PasswordForm(request.POST)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        try:
            staff.set_password(user=person, password=form.cleaned_data["password"], by=user, at=clock.now())
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"{person} has a new password, and must sign in again.")
            return go_to(request, reverse("setup_user", kwargs={"user_id": person.pk}))
    plain = KnownPersonForm(initial=_filled(person))
    context = {"person": person, "form": plain, "password_form": form, "password_problems": problems}
    return _page(request, "setup_users/show.html", context)


def _change(person: User, given: dict[str, Any], *, by: User) -> Collection[Company]:
    """The companies whose chase lists follow."""
    told = Person(
        person.username,
        given["full_name"],
        given["email"],
        given["role"],
        given["is_active"],
        given["desk"],
    )
    concerned = (
        {*person.companies.all(), *given["companies"]} if _moves_customers(person, told, given) else ()
    )
    with _placing_anew(concerned):
        leaving.change(
            user=person,
            person=told,
            companies=given["companies"],
            teams=given["teams"],
            by=by,
            at=clock.now(),
        )
    return concerned


@contextmanager
def _placing_anew(companies: Iterable[Company]) -> Iterator[None]:
    """After the deed inside, customers of ``companies`` are placed anew, and their chase lists follow."""
    at = clock.now()
    with ExitStack() as followed:
        for company in sorted(companies, key=lambda company: company.pk):
            followed.enter_context(regroupings.following(company=company, today=company.today(at=at), at=at))
        yield


def _and_the_lists(companies: Collection[Company]) -> str:
    """Said only where the lists follow later: at once needs no words here."""
    return following.sentence(companies) if following.is_later(companies) else ""


def _moves_customers(person: User, told: Person, given: dict[str, Any]) -> bool:
    """Whether it changes for whom they can work: only then customers are placed anew."""
    if set(person.companies.all()) != set(given["companies"]):
        return True
    return (person.role, person.is_active) != (told.role, told.is_active)


def _filled(person: User) -> dict[str, Any]:
    plain = ("full_name", "email", "role", "is_active", "desk")
    many = {"companies": list(person.companies.all()), "teams": list(person.teams.all())}
    return {**{field: getattr(person, field) for field in plain}, **many}


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render_page(request, template, context, status=UNPROCESSABLE if request.method == "POST" else 200)


urlpatterns = [
    path("setup/users/", index, name="setup_users"),
    path("setup/users/new/", add, name="setup_user_new"),
    path("setup/users/<int:user_id>/", change, name="setup_user"),
    path("setup/users/<int:user_id>/password/", set_password, name="setup_user_password"),
]
