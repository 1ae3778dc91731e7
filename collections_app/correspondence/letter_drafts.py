"""The life of a draft of a letter: saved as often as somebody likes, then published or discarded.

Two people may have a draft open: every save names the revision it was made on, and is refused when somebody
was faster. A draft is published once it can be written to everybody it would go to, and the tone guard blocks
none of those letters.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import models, transaction

from collections_app.activity import events
from collections_app.correspondence import default_letters
from collections_app.correspondence.letter_templates import NOTE_LETTERS_MAX, LetterTemplate
from collections_app.correspondence.rules import letter_judging, letters
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Words
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def live(company: Company, purpose: Purpose, language: str) -> LetterTemplate | None:
    """The company's own letter that is written now; None where ours is."""
    return LetterTemplate.objects.of(company, purpose, language).live().first()


def draft(company: Company, purpose: Purpose, language: str) -> LetterTemplate | None:
    """The version that is being prepared, if any."""
    found = LetterTemplate.objects.of(company, purpose, language).filter(state="draft")
    return found.select_related("saved_by", "made_by").first()


def history(company: Company, purpose: Purpose, language: str) -> "models.QuerySet[LetterTemplate]":
    """All versions that were ever published, the newest first."""
    published = LetterTemplate.objects.of(company, purpose, language).exclude(state="draft")
    return published.select_related("published_by").order_by("-number")


def words_now(company: Company, purpose: Purpose, language: str) -> Words:
    """What the letter says now: the company's own words, or those that we bring along."""
    own = live(company, purpose, language)
    return own.words if own else default_letters.words_of(purpose, language)


@transaction.atomic
def save(
    *,
    company: Company,
    purpose: Purpose,
    language: str,
    words: Words,
    revision: int,
    by: User | None,
    at: dt.datetime,
) -> LetterTemplate:
    """Keep ``words`` as the draft; ``revision`` is that of the draft they were written on, 0 when there was
    none. Raises ``Refused`` with every problem of the template by itself, and when somebody was faster.
    """
    require(by, Deed.EDIT_LETTERS)
    _lock(company)
    words = Words(*(_plain_lines(text) for text in (words.subject, words.body, words.html)))
    standing = draft(company, purpose, language)
    _refuse_older(standing, revision)
    if problems := letters.problems_of(words):
        raise Refused(problems)
    if standing and standing.words == words:
        return standing
    kept = standing or LetterTemplate(
        company=company,
        purpose=purpose,
        language=language,
        state="draft",
        number=_next_number(company, purpose, language),
        revision=0,
        made_by=by,
        made_at=at,
    )
    kept.subject, kept.body, kept.html = words.subject, words.body, words.html
    kept.revision, kept.saved_by, kept.saved_at = kept.revision + 1, by, at
    kept.save()
    _tell("saved", f"saved a draft of the letter “{kept}”", kept, by=by, at=at)
    return kept


def publish(
    *,
    draft: LetterTemplate,
    revision: int,
    customers: Iterable[LetterValues],
    note: str = "",
    by: User | None,
    at: dt.datetime,
) -> LetterTemplate:
    """Write by the draft from now on. Refused while it cannot be written to each of ``customers``, whom it
    would go to, as facts of today (the problem names the customer, the line and why), and while the tone
    guard blocks one of those letters (the problem names the words, why, and what to write instead).
    """
    require(by, Deed.EDIT_LETTERS)
    purpose, language = Purpose(draft.purpose), draft.language
    # Before anything is locked: thousands of customers take seconds. The revision vouches for the words.
    tried = _standing(draft, revision)
    template = letters.compiled(tried.words, purpose=purpose, language=language, number=tried.number)
    calendar = draft.company.calendar
    if problems := letter_judging.problems_over(template, customers, calendar=calendar):
        raise Refused(problems)
    with transaction.atomic():
        _lock(draft.company)
        found = _standing(draft, revision)
        _to_history(found.company, purpose, language)
        found.state, found.note = "live", note.strip()[:NOTE_LETTERS_MAX]
        found.published_by, found.published_at = by, at
        found.save()
        _tell("published", f"published version {found.number} of the letter “{found}”", found, by=by, at=at)
    return found


@transaction.atomic
def discard(*, draft: LetterTemplate, revision: int, by: User | None, at: dt.datetime) -> None:
    """Throw the draft away; what is written now stays as it is."""
    require(by, Deed.EDIT_LETTERS)
    _lock(draft.company)
    found = _standing(draft, revision)
    _tell("discarded", f"discarded the draft of the letter “{found}”", found, by=by, at=at)
    LetterTemplate.objects.filter(pk=found.pk).delete()


@transaction.atomic
def back_to_default(
    *, company: Company, purpose: Purpose, language: str, by: User | None, at: dt.datetime
) -> bool:
    """Write the letter that we bring along again; whether the company had one of its own."""
    require(by, Deed.EDIT_LETTERS)
    _lock(company)
    own = live(company, purpose, language)
    if own is None:
        return False
    _to_history(company, purpose, language)
    _tell("reset", f"went back to the original of the letter “{own}”", own, by=by, at=at)
    return True


def restored(version: LetterTemplate, *, revision: int, by: User | None, at: dt.datetime) -> LetterTemplate:
    """A draft with the words of an earlier version, to be looked at before it is published."""
    return save(
        company=version.company,
        purpose=Purpose(version.purpose),
        language=version.language,
        words=version.words,
        revision=revision,
        by=by,
        at=at,
    )


def _lock(company: Company) -> None:
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


def _standing(draft: LetterTemplate, revision: int) -> LetterTemplate:
    found = LetterTemplate.objects.select_related("company").filter(pk=draft.pk, state="draft").first()
    if found is None:
        raise Refused.because(
            "not_a_draft", "This draft was published or discarded meanwhile. Open the letter again."
        )
    _refuse_older(found, revision)
    return found


def _refuse_older(standing: LetterTemplate | None, revision: int) -> None:
    if (standing.revision if standing else 0) == revision:
        return
    who = str(standing.saved_by) if standing and standing.saved_by else "Somebody"
    told = f"{who} changed this draft since you opened it. Your words are still here: copy them, then look at"
    raise Refused.because("changed_meanwhile", f"{told} theirs.")


def _next_number(company: Company, purpose: Purpose, language: str) -> int:
    every = LetterTemplate.objects.of(company, purpose, language)
    return int(every.aggregate(newest=models.Max("number"))["newest"] or 0) + 1


def _to_history(company: Company, purpose: Purpose, language: str) -> None:
    LetterTemplate.objects.of(company, purpose, language).live().update(state="history")


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")


def _tell(what: str, summary: str, letter: LetterTemplate, *, by: User | None, at: dt.datetime) -> None:
    facts = {
        "purpose": letter.purpose,
        "language": LANGUAGES[letter.language],
        "version": letter.number,
        "revision": letter.revision,
        "note": letter.note,
    }
    events.record(f"letter.{what}", summary, company=letter.company, facts=facts, by=by, at=at)
