"""What keeps a draft from leaving, and nothing else: for letters that a run writes by the thousand. Pure.

Rules that only ever warn are not asked. Phrases are looked for in the words without names and figures, which
most letters of one template have in common: each such text is read once. What the ledger has to say is asked
of every letter.
"""

from functools import lru_cache

from collections_app.correspondence.rules.tone import form, guard, plainness, shouting, tongue, wording
from collections_app.correspondence.rules.tone.cases import case_of
from collections_app.correspondence.rules.tone.shapes import Draft, Facts, Hit, Severity, Stage

_ONLY_WARN = (
    *(shouting.capitals, shouting.marks, plainness.negatives, plainness.readability),
    *(form.person, form.request, form.door, tongue.hits),
)
_OF_FACTS = tuple(rule for rule in guard.RULES if rule not in (*_ONLY_WARN, wording.hits))
# A template has some branches, and a month is written in twelve ways.
TEXTS_KEPT = 4_096


def blocks_of(draft: Draft, *, facts: Facts, plain: str | None = None) -> tuple[Hit, ...]:
    """The blocks of ``guard.check``, in its order. ``plain`` is the draft without names and figures: where no
    phrase of a list stands in it, none stands in the draft.
    """
    case = case_of(draft, facts)
    is_known = plain is not None and is_clean(plain, draft.language, draft.stage)
    rules = _OF_FACTS if is_known else (wording.hits, *_OF_FACTS)
    found = {hit for rule in rules for hit in rule(case) if hit.severity == Severity.BLOCK}
    return tuple(sorted(found, key=guard.order))


@lru_cache(maxsize=TEXTS_KEPT)
def is_clean(words: str, language: str, stage: Stage) -> bool:
    """Whether no phrase that blocks at ``stage`` stands in ``words``."""
    case = case_of(Draft("", words, language, stage), None)
    return not any(hit.severity == Severity.BLOCK for hit in wording.hits(case))
