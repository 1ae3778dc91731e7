"""The letters that we bring along, by language and purpose: used where a company has none of its own.

They stand in ``letters/*.toml``, one file a language; ``@name`` puts one of its parts in place, so that
whoever edits a letter later has all of it before them. Each names what, how much and since when; asks one
thing with a day; says how to pay; keeps a door open for "already paid" and "something is not right"; and is
signed by a person with a number. What is announced is only what is planned. Formal where a language tells
formal from familiar.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from collections_app.correspondence.rules.letters import Words
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose

LETTERS = Path(__file__).parent / "letters"


def words_of(purpose: Purpose, language: str) -> Words:
    """Our letter for a purpose in one of ``LANGUAGES``."""
    return _pack(language)[purpose]


@cache
def _pack(language: str) -> dict[Purpose, Words]:
    assert language in LANGUAGES
    read = tomllib.loads((LETTERS / f"{language}.toml").read_text("utf-8"))
    parts: dict[str, str] = {name: text.strip("\n") for name, text in read["parts"].items()}
    return {
        purpose: Words(
            subject=_filled(read[purpose.value]["subject"].strip(), parts),
            body=_filled(read[purpose.value]["body"].strip("\n"), parts) + "\n",
        )
        for purpose in Purpose
    }


def _filled(text: str, parts: dict[str, str]) -> str:
    """``text`` with its parts in place; a part may hold other parts."""
    while found := re.search(r"@(\w+)", text):
        text = text.replace(found[0], parts[found[1]])
    return text
