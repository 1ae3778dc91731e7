"""Words to colleagues: please, why, by when, thank you, and no blame."""

import pytest

from collections_app.correspondence.rules.courtesy import RULE, Lack, findings_of

KIND = (
    "Please send the proof of delivery for INV-1042, because the customer cannot pay without it, by Thursday "
    "26 November, 16:00. Thank you."
)


@pytest.mark.parametrize(
    "words",
    [
        KIND,
        "Could you confirm the price on A1 by tomorrow noon? They say it was agreed lower, and since they "
        "pay on the 15th it would help. Many thanks!",
        "Would you mind sending me the signed note within two working days, so that we can ask for payment? "
        "Much appreciated.",
        "Can you kindly approve the plan by 3 March? The customer is waiting. Thanks.",
    ],
)
def test_courteous_words_pass(words: str) -> None:
    assert findings_of(words) == []


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        (KIND.replace("Please s", "S"), {Lack.PLEASE}),
        (KIND.replace(", because the customer cannot pay without it,", ""), {Lack.REASON}),
        (KIND.replace(", by Thursday 26 November, 16:00", ""), {Lack.DEADLINE}),
        (KIND.replace(" Thank you.", ""), {Lack.THANKS}),
        ("POD for A1", {Lack.PLEASE, Lack.REASON, Lack.DEADLINE, Lack.THANKS}),
        ("", {Lack.PLEASE, Lack.REASON, Lack.DEADLINE, Lack.THANKS}),
    ],
)
def test_what_is_missing_is_told(words: str, lacks: set[Lack]) -> None:
    assert {finding.lack for finding in findings_of(words)} == lacks


@pytest.mark.parametrize(
    "words",
    [
        "you forgot",
        "For the third time",
        "your mistake",
        "ASAP",
        "yet again",
        "unacceptable",
        "why didn't you",
    ],
)
def test_blame_is_told_with_its_words(words: str) -> None:
    (found,) = findings_of(f"{KIND} {words}.")
    assert (found.lack, found.words.casefold(), found.rule) == (Lack.BLAME, words.casefold(), RULE)
    assert found.words in found.sentence


@pytest.mark.parametrize("words", ["last Friday", "a clear case", "at oncelers", "the excused absence"])
def test_words_that_only_look_like_blame_pass(words: str) -> None:
    assert findings_of(f"{KIND} {words}.") == []


def test_every_finding_says_what_to_write_instead() -> None:
    for finding in findings_of("POD asap"):
        assert finding.sentence.endswith((".", "”"))
        assert len(finding.sentence) > 20
