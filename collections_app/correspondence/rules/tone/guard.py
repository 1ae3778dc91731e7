"""The tone guard: every rule asked about one draft, the answers in the order of the text."""

from collections.abc import Callable, Iterable, Iterator

from collections_app.correspondence.rules import Audience, courtesy
from collections_app.correspondence.rules.tone import (
    banking,
    form,
    numbers,
    plainness,
    sending,
    shouting,
    sums,
    terms,
    tongue,
    wording,
)
from collections_app.correspondence.rules.tone.cases import Case, case_of
from collections_app.correspondence.rules.tone.shapes import Draft, Facts, Hit, Part, Severity
from collections_app.lib.refusals import Problem

RULES: tuple[Callable[[Case], Iterator[Hit]], ...] = (
    wording.hits,
    shouting.capitals,
    shouting.marks,
    terms.announced,
    terms.charges,
    terms.due_days,
    plainness.negatives,
    plainness.readability,
    numbers.hits,
    sums.hits,
    banking.hits,
    form.person,
    form.request,
    form.door,
    form.attachments,
    form.placeholders,
    form.greeting,
    sending.hits,
    tongue.hits,
)
OWN_ADVICE = "Write it as you would like to read it."


def check(draft: Draft, *, facts: Facts | None = None) -> tuple[Hit, ...]:
    """Everything that the rules find, blocks first, then in the order of the text. The same draft and facts
    give the same answer. Without facts only the words are judged.
    """
    if draft.audience == Audience.COLLEAGUE:
        return tuple(_to_colleague(draft))
    case = case_of(draft, facts)
    found = {hit for rule in RULES for hit in rule(case)}
    return tuple(sorted(found, key=order))


def is_blocked(hits: Iterable[Hit]) -> bool:
    """Whether the draft may not leave."""
    return any(hit.severity == Severity.BLOCK for hit in hits)


def problems_of(hits: Iterable[Hit]) -> list[Problem]:
    """The blocks as what a verb refuses with."""
    return [
        Problem(hit.rule, f"{hit.sentence} {hit.suggestion}")
        for hit in hits
        if hit.severity == Severity.BLOCK
    ]


def order(hit: Hit) -> tuple[bool, bool, int, str, str, str]:
    """Blocks first, then in the order of the text."""
    return (
        hit.severity != Severity.BLOCK,
        hit.part != Part.SUBJECT,
        hit.start,
        hit.rule,
        hit.words,
        hit.sentence,
    )


def _to_colleague(draft: Draft) -> Iterator[Hit]:
    for finding in courtesy.findings_of(draft.body):
        what, instead = courtesy.ADVICE[finding.lack]
        said = f"“{finding.words}” {what}" if finding.words else what
        start = max(draft.body.find(finding.words), 0)
        yield Hit(finding.rule, Severity.WARN, finding.words, start, said, instead)
