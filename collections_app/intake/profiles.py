"""A profile: how a file's headers, dates, amounts and document types are read. Data that a user can make."""

import datetime as dt
import difflib
from collections.abc import Mapping as AnyMapping
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify

from collections_app.activity import events
from collections_app.intake.builtin_profiles import BUILTIN, Available
from collections_app.intake.profile_rules import from_json
from collections_app.intake.rules import FileKind
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people import permissions
from collections_app.people.rules import Deed
from collections_app.people.users import User


class Profile(models.Model):
    """A named way to read files. ``mapping`` is checked by ``intake.profile_rules``; built-in ones live in
    code.
    """

    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.PROTECT, related_name="profiles"
    )
    name = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FileKind])
    mapping = models.JSONField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "import_profile"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="profile_name_is_unique_in_its_company")
        ]

    def __str__(self) -> str:
        return self.title


def available(company: Company | None = None) -> list[Available]:
    """Every profile that can be chosen for ``company``: those made here first, then the built-in ones."""
    made = Profile.objects.filter(Q(company=company) | Q(company__isnull=True)).order_by("title")
    return [
        Available(p.name, p.title, f"Made here for {p.kind}.", from_json(p.mapping), is_builtin=False)
        for p in made
    ] + list(BUILTIN)


def named(name: str, *, company: Company | None, kind: FileKind | str | None = None) -> Available:
    """The profile of that name, for files of that kind when it has several. Raises ``Refused`` with the
    names there are.
    """
    if kind is not None and kind not in set(FileKind):
        raise Refused.because(
            "unknown_kind", f"“{kind}” is no kind of file. Take one of {', '.join(FileKind)}."
        )
    choice = available(company)
    matching = [profile for profile in choice if profile.name == name]
    if not matching:
        names = list(dict.fromkeys(profile.name for profile in choice))
        near = difflib.get_close_matches(name.casefold(), names, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise Refused.because(
            "unknown_profile", f"There is no profile “{name}”.{hint} There are: {', '.join(names)}."
        )
    of_kind = [profile for profile in matching if kind in {None, profile.mapping.kind}]
    if not of_kind:
        raise Refused.because(
            "other_kind", f"The profile “{name}” reads files of {matching[0].mapping.kind}, not of {kind}."
        )
    if kind is None and len({profile.mapping.kind for profile in of_kind}) > 1:
        kinds = " or ".join(profile.mapping.kind for profile in of_kind)
        raise Refused.because(
            "kind_missing", f"The profile “{name}” reads several kinds of file. Say which: {kinds}."
        )
    return of_kind[0]


@transaction.atomic
def save(
    *,
    company: Company,
    title: str,
    mapping: AnyMapping[str, Any],
    name: str = "",
    by: User | None,
    at: dt.datetime,
) -> Profile:
    """Keep a mapping under a name, or under that of its title; an existing one of this company is replaced.

    Raises ``Refused`` with everything that is wrong with the mapping.
    """
    permissions.require(by, Deed.IMPORT_LEDGER)
    read = from_json(mapping)
    slug = slugify(name or title)[:60]
    if not slug:
        raise Refused.because("name_missing", "Give the profile a name.")
    if any(profile.name == slug for profile in BUILTIN):
        raise Refused.because(
            "name_taken", f"“{slug}” is the name of a profile that comes with the workbench. Choose another."
        )
    profile, _ = Profile.objects.update_or_create(
        company=company,
        name=slug,
        defaults={
            "title": title or name,
            "kind": read.kind,
            "mapping": read.as_json(),
            "made_by": by,
            "made_at": at,
        },
    )
    events.record(
        "profile.saved",
        f"Import profile “{profile.title}” saved.",
        company=company,
        facts={"profile": slug},
        by=by,
        at=at,
    )
    return profile
