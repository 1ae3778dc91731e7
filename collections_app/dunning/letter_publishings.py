"""The draft of a letter, tried on everybody whom it would go to and then published, by a worker: with
thousands of customers that takes longer than a page may.

How far it is, and what stood in the way, is kept for an hour and may be asked for at any time. The draft
itself stands in the database: whatever is lost here, it is published or it is not.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.core.cache import cache

from collections_app.correspondence import letter_drafts
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import letter_trials
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User

# Up to so many customers a letter is tried while somebody waits: some three seconds.
AT_ONCE_MAX = 300
SECONDS_MAX = 900
KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Publishing:
    """A draft on its way, at one of its revisions. ``ended_at`` says since when the rest is known:
    ``problems`` are what stood in the way; without any it is published.
    """

    letter_id: int
    number: int
    revision: int
    customers: int
    asked_at: dt.datetime
    ended_at: dt.datetime | None = None
    problems: tuple[Problem, ...] = ()


def ask(draft: LetterTemplate, *, customers: int, at: dt.datetime) -> Publishing:
    """Note that a draft is to be published, so that whoever looks sees it."""
    asked = Publishing(draft.pk, draft.number, draft.revision, customers, at)
    cache.set(_key_of(draft), asked, KEPT_SECONDS)
    return asked


def found(company: Company, purpose: Purpose, language: str) -> Publishing | None:
    """What was asked for last of a letter, and what came of it."""
    kept = cache.get(_key(company.pk, purpose, language))
    return kept if isinstance(kept, Publishing) else None


def forget(draft: LetterTemplate) -> None:
    """Nobody could be told of it, or the draft was changed since."""
    cache.delete(_key_of(draft))


def is_old(found: Publishing, *, live: LetterTemplate | None, draft: LetterTemplate | None) -> bool:
    """Whether the letter has gone on since: another version is live, or the draft was changed or is gone."""
    if found.ended_at is None:
        return False
    if not found.problems:
        return live is None or live.pk != found.letter_id
    if draft is None or draft.pk != found.letter_id:
        return True
    was_overtaken = any(problem.code == "changed_meanwhile" for problem in found.problems)
    return draft.revision != found.revision and not was_overtaken


def run(*, letter_id: int, revision: int, note: str, by: User, at: dt.datetime) -> Publishing | None:
    """Try the draft on everybody and publish it, or keep what stands in the way; None when it is no draft any
    more.
    """
    drafts = LetterTemplate.objects.select_related("company").filter(state="draft")
    draft = drafts.filter(pk=letter_id).first()
    if draft is None:
        return None
    purpose, today = Purpose(draft.purpose), draft.company.today(at=at)
    asked = found(draft.company, purpose, draft.language)
    if asked is None or (asked.letter_id, asked.revision) != (letter_id, revision):
        count = len(letter_trials.customers_of(company=draft.company, purpose=purpose, today=today))
        asked = Publishing(letter_id, draft.number, revision, count, at)
    problems: tuple[Problem, ...] = ()
    try:
        readers = letter_trials.readers(
            company=draft.company, purpose=purpose, language=draft.language, today=today
        )
        letter_drafts.publish(draft=draft, revision=revision, customers=readers, note=note, by=by, at=at)
    except Refused as refused:
        problems = tuple(refused.problems)
    ended = replace(asked, ended_at=at, problems=problems)
    cache.set(_key_of(draft), ended, KEPT_SECONDS)
    return ended


def _key_of(draft: LetterTemplate) -> str:
    return _key(draft.company_id, Purpose(draft.purpose), draft.language)


def _key(company_id: int, purpose: Purpose, language: str) -> str:
    return f"letter-publishing:{company_id}:{purpose}:{language}"
