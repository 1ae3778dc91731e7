"""M01: the numbers of invoices in a draft are this customer's, and there is one at least."""

import re
from collections.abc import Iterator

from collections_app.correspondence.rules.tone.banking import IBAN
from collections_app.correspondence.rules.tone.cases import Case, Token, number_of, tokens_in
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.shapes import Draft, Facts, Hit, Purpose, Severity

# What looks like a number of a document where nobody knows the ledger: INV-1042, RE2026/17, 2026-0044.
_LIKE_A_NUMBER = re.compile(
    r"(?:[A-Z]{1,6}[-/.]?\d{2,}[\w/-]*|[A-Z]{1,6}(?:[-/.]\d+)+|#\d{2,}|\d{2,4}[-/]\d{3,})"
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_DIGITS = re.compile(r"\d+")
_CUE_REACH = 28
_CANDIDATE_SIGNS = 3
_CANDIDATES_MAX = 500


def hits(case: Case) -> Iterator[Hit]:
    """Numbers of somebody else's or nobody's; or none at all."""
    if case.facts:
        yield from _strange(case, case.facts)
    if case.draft.purpose == Purpose.REMINDER and not _has_one(case):
        yield case.missing(
            "M01",
            Severity.BLOCK,
            "No invoice of this customer is named, so the reader has to search.",
            "Name it: “Invoice INV-1042”.",
        )


def candidates(draft: Draft) -> tuple[str, ...]:
    """What in a draft may be the number of a document; look them up, and say in the facts whose they are."""
    found = dict.fromkeys(
        token.words
        for text in (draft.subject, draft.body)
        for token in tokens_in(text)
        if len(token.words) >= _CANDIDATE_SIGNS and any(mark.isdigit() for mark in token.words)
    )
    return tuple(found)[:_CANDIDATES_MAX]


def _strange(case: Case, facts: Facts) -> Iterator[Hit]:
    ours = {number_of(one.number) for one in facts.invoices} | {number_of(one) for one in facts.also_theirs}
    others = {number_of(one) for one in facts.others} - ours
    shapes = {_shape(one) for one in ours if _DIGITS.search(one)}
    # Figures of an amount, a day or a bank account are no number of a document.
    other_things = [found.span() for found in IBAN.finditer(case.reading.even)]
    other_things += [(amount.start, amount.start + len(amount.words)) for amount in case.amounts]
    other_things += [(day.start, day.end) for day in case.days]
    for token in case.tokens:
        number = token.words.upper()
        # Nearly all are words without a figure: nobody's number, and alike to none of theirs.
        is_like_ours = _DIGITS.search(number) is not None and _shape(number) in shapes
        if number in ours or not (is_like_ours or number in others):
            continue
        if case.is_named(token.start, token.start + len(token.words)) or case.reading.is_replied(token.start):
            continue
        if number in others:
            sentence = f"“{token.words}” is an invoice of another customer."
        elif _is_a_number_here(case, token) and not any(
            start <= token.start < end for start, end in other_things
        ):
            sentence = f"“{token.words}” is no invoice of this customer that we know."
        else:
            continue
        yield case.hit(
            "M01", Severity.BLOCK, token.start, token.words, sentence, "Check the number in the ledger."
        )


def _is_a_number_here(case: Case, token: Token) -> bool:
    """Figures alone may be anything: only those that a word for invoice comes before are taken for one."""
    if not token.words.isdigit():
        return True
    before = case.reading.low[max(0, token.start - _CUE_REACH) : token.start]
    return case.vocabulary.says(Cue.INVOICE, before)


def _shape(number: str) -> str:
    return _DIGITS.sub("9", number)


def _has_one(case: Case) -> bool:
    if case.facts:
        return bool(case.mentions)
    return any(
        _looks_like_one(token)
        or (token.words.isdigit() and len(token.words) > 2 and _is_a_number_here(case, token))
        for token in case.tokens
    )


def _looks_like_one(token: Token) -> bool:
    return (
        _LIKE_A_NUMBER.fullmatch(token.words) is not None
        and _ISO_DAY.fullmatch(token.words) is None
        and IBAN.fullmatch(token.words) is None
    )
