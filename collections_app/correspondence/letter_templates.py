"""A template of a letter: how a company writes for one purpose in one language. Versions are never changed.

One version is live, the others are history or a draft; a company without a live one writes the letter that
we bring along (``default_letters``). ``letter_drafts`` edits and publishes. Whoever writes to many customers
takes the ``Shelf`` of the company once, and renders each letter with a template that was read once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import letters, purposes
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Compiled, Rendered, Words
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.ledger.companies import Company
from collections_app.people.users import User

NOTE_LETTERS_MAX = 300


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    """Words for templates."""

    def live(self) -> "LetterTemplateQuerySet":
        """By which letters are written now."""
        return self.filter(state="live")

    def of(self, company: Company, purpose: Purpose, language: str) -> "LetterTemplateQuerySet":
        """All versions of one letter."""
        return self.filter(company=company, purpose=purpose, language=language)


class LetterTemplate(models.Model):
    """One version of one letter of a company. Publishing a draft makes the live one history."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="letter_templates", db_index=False
    )
    purpose = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Purpose])
    language = models.CharField(max_length=2, choices=list(LANGUAGES.items()))
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("draft", "live", "history")])
    subject = models.TextField()
    body = models.TextField()
    # Empty when the HTML is made of the words.
    html = models.TextField(blank=True)
    note = models.CharField(max_length=NOTE_LETTERS_MAX, blank=True)
    # Rises with every save of a draft.
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[LetterTemplateQuerySet] = LetterTemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "letter_template"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "purpose", "language", "number"],
                name="letter_template_number_is_used_once",
            ),
            models.UniqueConstraint(
                fields=["company", "purpose", "language"],
                condition=Q(state="live"),
                name="letter_has_one_live_template",
            ),
            models.UniqueConstraint(
                fields=["company", "purpose", "language"],
                condition=Q(state="draft"),
                name="letter_has_one_draft_template",
            ),
            models.CheckConstraint(
                name="letter_template_that_is_published_says_when",
                condition=Q(state="draft", published_at__isnull=True)
                | (~Q(state="draft") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="letter_template_has_a_known_purpose",
                condition=Q(purpose__in=[each.value for each in Purpose]),
            ),
            models.CheckConstraint(
                name="letter_template_has_a_known_language", condition=Q(language__in=list(LANGUAGES))
            ),
        ]

    def __str__(self) -> str:
        return f"{purposes.PURPOSE_LABELS[Purpose(self.purpose)]}, {LANGUAGES[self.language]}"

    @property
    def words(self) -> Words:
        """What it says."""
        return Words(subject=self.subject, body=self.body, html=self.html)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The letters of one company as they stood when it was made; each is read when it is first asked for."""

    own: Mapping[tuple[str, str], tuple[Words, int]]
    read: dict[tuple[str, str], Compiled] = field(default_factory=dict, compare=False)

    def letter(self, purpose: Purpose, language: str) -> Compiled:
        """The template for ``language`` (an IETF tag; English where we have none)."""
        spoken = purposes.language_of(language)
        key = (purpose.value, spoken)
        if key not in self.read:
            words, number = self.own.get(key) or (default_letters.words_of(purpose, spoken), None)
            self.read[key] = letters.compiled(words, purpose=purpose, language=spoken, number=number)
        return self.read[key]


def shelf_of(company: Company) -> Shelf:
    """By which letters ``company`` writes now. One query."""
    live = LetterTemplate.objects.live().filter(company=company)
    return Shelf({(each.purpose, each.language): (each.words, each.number) for each in live})


def render(template: Compiled, *, values: LetterValues) -> Rendered:
    """The letter to one customer. Raises ``letters.Unwritten`` with the part, the line and why."""
    return letters.render(template, values=values)
