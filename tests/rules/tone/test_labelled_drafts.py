"""Drafts of our own, labelled by hand: each is told what it should be told, and nothing besides."""

import tomllib
from collections.abc import Iterable
from typing import Any

import pytest

from collections_app.correspondence.rules import tone
from collections_app.correspondence.rules.tone import Draft, Part, Purpose, Severity, Stage, vocabulary
from tests.rules.tone.labelled import FOLDER, LANGUAGES, SECOND, Labelled, labelled

EVERY = [
    pytest.param(each, id=f"{language}: {each.name}") for language in LANGUAGES for each in labelled(language)
]
SENTENCES = [
    pytest.param(row, id=f"{row['language']}: {row['words']}")
    for row in tomllib.loads((FOLDER / "sentences.toml").read_text("utf-8"))["sentence"]
]
LEAST = {"en": 180, "nl": 60, "de": 60, "fr": 60, "es": 60}
# What was found in the second set, which no list was mended after: see the table in docs/tone.md.
FOUND_IN_SECOND = {"blocks": 6, "warnings": 1}
FALSE_IN_SECOND = {"blocks": 1, "warnings": 16}


@pytest.mark.parametrize("each", EVERY)
def test_a_draft_is_told_exactly_what_its_labels_say(each: Labelled) -> None:
    assert each.found(Severity.BLOCK) == each.blocks
    assert each.found(Severity.WARN) == each.warns


@pytest.mark.parametrize("row", SENTENCES)
def test_a_sentence_is_told_exactly_what_its_labels_say(row: dict[str, Any]) -> None:
    draft = Draft("", row["words"], row["language"], Stage(row["stage"]), Purpose.OTHER)

    assert sorted({hit.rule for hit in tone.check(draft)}) == row["rules"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_drafts_to_judge_by(language: str) -> None:
    drafts = labelled(language)

    assert len(drafts) >= LEAST[language]
    assert len({(each.draft, str(each.facts)) for each in drafts}) == len(drafts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_find_what_they_should_and_little_else(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = labelled(language)
    blocks = [(each.blocks, each.found(Severity.BLOCK)) for each in drafts]
    warns = [(each.warns, each.found(Severity.WARN)) for each in drafts]

    recall, precision, warned = recall_of(blocks), precision_of(blocks), precision_of(warns)

    with capsys.disabled():
        print(
            f"\n{language}: {len(drafts)} drafts, blocks: recall {recall:.3f}, precision {precision:.3f}; "
            f"warnings: precision {warned:.3f}"
        )
    assert recall >= 0.98
    assert precision >= 0.95
    assert warned >= 0.80


def recall_of(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Of the rules that should answer, the share that do."""
    wanted = [(rule, found) for expected, found in pairs for rule in expected]
    return sum(rule in found for rule, found in wanted) / len(wanted)


def precision_of(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Of the rules that answer, the share that should."""
    told = [(rule, expected) for expected, found in pairs for rule in found]
    return sum(rule in expected for rule, expected in told) / len(told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_can_be_pointed_at_and_acted_on(language: str) -> None:
    for each, hit in ((one, hit) for one in labelled(language) for hit in one.hits()):
        text = each.draft.subject if hit.part == Part.SUBJECT else each.draft.body

        assert text[hit.start : hit.start + len(hit.words)] == hit.words
        assert hit.sentence.endswith("."), hit
        assert hit.suggestion
        assert _rules_told_by(each.draft.language, hit.rule, hit.suggestion) == set(), hit.suggestion


def _rules_told_by(language: str, rule: str, suggestion: str) -> set[str]:
    # Advice on words is in the language of the words, every other in that of the screen.
    spoken = language if rule in vocabulary.of(language).advised else "en"
    advice = Draft("", suggestion, spoken, Stage.R3, Purpose.OTHER)
    return {hit.rule for hit in tone.check(advice)}


def test_in_drafts_that_no_list_was_mended_after_as_much_is_found_as_at_first() -> None:
    drafts = [each for language in LANGUAGES for each in labelled(language, SECOND)]

    for name, pairs in {
        "blocks": [(each.blocks, each.found(Severity.BLOCK)) for each in drafts],
        "warnings": [(each.warns, each.found(Severity.WARN)) for each in drafts],
    }.items():
        assert sum(len(wanted & found) for wanted, found in pairs) >= FOUND_IN_SECOND[name]
        assert sum(len(found - wanted) for wanted, found in pairs) <= FALSE_IN_SECOND[name]
