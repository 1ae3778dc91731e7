"""What is held about a person, for themself to read: a customer's contact, or a colleague.

Of a contact it is every row that is theirs or names them, with the words. Of a colleague it is who they are
here, and which rows they stand in and how; what they wrote about customers concerns others, and is not told.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from collections_app.contact.request_rows import RequestFile
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.received_rows import ReceivedFile
from collections_app.correspondence.stored_files import StoredFile
from collections_app.ledger.contacts import Contact
from collections_app.people.users import User
from collections_app.privacy import people, tables
from collections_app.privacy.rules import holdings
from collections_app.privacy.tables import Model, Whom

ROWS_SHOWN_MAX = 20
# What is kept of a colleague themself beside their own row.
THEIR_OWN = {
    "signed_in_session": ("seen_at", "ended_at", "device", "address"),
    "second_factor": ("kind", "name", "used_at"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table: ``rows`` with their fields, as they stand."""

    table: str
    title: str
    rows: list[dict[str, Any]]

    def told(self, most: int | None = None) -> list[list[tuple[str, str]]]:
        """The rows for people: of each the fields that say something, by name."""
        return [
            [(_label(name), _words(value)) for name, value in row.items() if value not in ("", None, [], {})]
            for row in self.rows[:most]
        ]

    @property
    def first(self) -> list[list[tuple[str, str]]]:
        """Those that a page shows."""
        return self.told(ROWS_SHOWN_MAX)


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything about one person. ``kept`` is what stays when they are erased, and why."""

    person: dict[str, Any]
    held: list[Held]
    kept: list[str]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(each.rows) for each in self.held)


def of_contact(contact: Contact) -> Pack:
    """Everything about a customer's contact, in their company."""
    whom = people.whom(contact)
    own = holdings.CONTACT.split()
    rows = people.same(contact).values("pk", "customer__number", "customer__name", *own, "recorded_at")
    held = [Held("contact", "Contact", list(rows))]
    for table, model, fields in tables.tables():
        about = tables.about(table, whom)
        ids = set(tables.theirs(table, about, whom).values_list("pk", flat=True))
        ids |= set(tables.naming(about, fields, whom).values_list("pk", flat=True))
        if ids:
            held.append(_held(model, sorted(ids), fields))
    if files := _files(whom):
        held.append(Held("stored_file", "File", files))
    named = {
        "kind": "contact",
        "id": contact.pk,
        "name": contact.name,
        "company": contact.customer.company.code,
    }
    return Pack(named, held, [reason for reason, _ in holdings.KEPT[1:]])


def of_colleague(user: User) -> Pack:
    """Everything about somebody who works here, or did."""
    own = ["pk", *holdings.COLLEAGUE.split(), "role", "is_active", "joined_at", "last_login", "home_seen_at"]
    held = [Held("app_user", "User", list(User.objects.filter(pk=user.pk).values(*own)))]
    for model in sorted(apps.get_models(), key=lambda each: each._meta.db_table):
        for field in model._meta.concrete_fields:
            if field.related_model is User and model is not User:
                rows = _stands_in(model, field.name, user)
                if rows:
                    title = f"{_title(model)}: {field.name.replace('_', ' ')}"
                    held.append(Held(model._meta.db_table, title, rows))
    named = {"kind": "colleague", "id": user.pk, "name": str(user)}
    kept = (
        "Who did what stays with the books and with the record of what happened, also after somebody left: "
        "it shows that two people decided, and who answered a customer."
    )
    return Pack(named, held, [kept])


def _held(model: Model, ids: list[int], fields: list[str]) -> Held:
    rows = (
        model._default_manager.filter(pk__in=ids).order_by("pk").values("pk", *_moments(model)[:1], *fields)
    )
    return Held(model._meta.db_table, _title(model), list(rows))


def _stands_in(model: Model, field: str, user: User) -> list[dict[str, Any]]:
    """That a colleague stands in these rows, and when; no words."""
    rows = model._default_manager.filter(**{field: user}).order_by("pk")
    return list(rows.values("pk", *_moments(model)[:1], *THEIR_OWN.get(model._meta.db_table, ())))


def _moments(model: Model) -> list[str]:
    """Fields that tell when, the first one first."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField) and not field.null
    ]


def _title(model: Model) -> str:
    return str(model._meta.verbose_name).capitalize()


def _files(whom: Whom) -> list[dict[str, Any]]:
    """Files that they sent or were sent, by name."""
    received = tables.theirs("received_message", tables.about("received_message", whom), whom)
    written = tables.theirs("message", tables.about("message", whom), whom)
    asked = tables.theirs("colleague_request", tables.about("colleague_request", whom), whom)
    answered = RequestFile.objects.filter(request__in=asked.values("pk")).values("stored_file")
    found = StoredFile.objects.filter(
        models.Q(pk__in=answered)
        | models.Q(
            pk__in=ReceivedFile.objects.filter(received__in=received.values("pk")).values("stored_file")
        )
        | models.Q(pk__in=Attachment.objects.filter(message__in=written.values("pk")).values("stored_file"))
    )
    rows = found.order_by("pk").values("pk", "uploaded_at", "name", "kind", "size_bytes", "sha256")
    return [dict(row) for row in rows]


def as_facts(pack: Pack, *, at: dt.datetime) -> dict[str, Any]:
    """For machines."""
    return {
        "person": pack.person,
        "told_at": at.isoformat(),
        "held": [
            {"table": each.table, "title": each.title, "rows": [_plain(row) for row in each.rows]}
            for each in pack.held
        ],
        "kept_when_erased": pack.kept,
    }


def as_text(pack: Pack, *, at: dt.datetime) -> str:
    """For people: a heading for each table, a line for each field."""
    lines = [f"What is held about {pack.person['name']}", f"Told on {at:%-d %B %Y, %H:%M} UTC.", ""]
    for each in pack.held:
        lines += [f"{each.title} ({len(each.rows)})", "-" * len(each.title)]
        for row in each.told():
            lines += [*(f"  {name}: {words}" for name, words in row), ""]
    lines += ["What stays when they are erased, and why", *(f"  {reason}" for reason in pack.kept), ""]
    return "\n".join(lines)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name.replace("__", " "): value if isinstance(value, str | int | list | dict | None) else str(value)
        for name, value in row.items()
    }


def _label(name: str) -> str:
    return "no." if name == "pk" else name.replace("__", " ").replace("_", " ")


def _words(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%-d %B %Y, %H:%M} UTC"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
