"""Which passwords are guessed early: one common word with figures around it, a word again and again, keys in
a row. Django's own list of twenty thousand holds less than two hundred that are as long as ours have to be.
"""

import unicodedata
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What this site is called, in the first guesses of whoever sees it.
OURS = frozenset({"workbench", "collections", "collectionsworkbench", "receivables", "creditcontrol"})
_FIGURES_FOR_LETTERS = str.maketrans("013457@$!|", "oieastasil")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl")
_NEIGHBOURS = frozenset(pair for row in _ROWS for line in (row, row[::-1]) for pair in pairwise(line))
_DIFFERENT_MIN = 5


class GuessablePasswordValidator(CommonPasswordValidator):
    """Refuses the passwords of Django's list, and those that are one of them in a longer coat."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ``ValidationError`` with a sentence."""
        super().validate(password, user)
        if is_guessable(password, common=self.passwords | OURS):
            raise ValidationError(
                "This password is guessed early: it is one common word, or keys in a row. Three or four "
                "words that have nothing to do with each other are better.",
                code="password_guessable",
            )


def is_guessable(password: str, *, common: set[str] | frozenset[str]) -> bool:
    """Whether ``password`` is little more than one of the ``common`` ones, or than a pattern."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    if (
        folded.isdigit()
        or len(set(folded)) < _DIFFERENT_MIN
        or (folded + folded).find(folded, 1) < len(folded)
    ):
        return True
    steps = list(pairwise(folded))
    if 4 * sum(step in _NEIGHBOURS for step in steps) >= 3 * len(steps):
        return True
    letters = [place for place, letter in enumerate(folded) if letter.isalpha()]
    word = folded[letters[0] : letters[-1] + 1] if letters else ""
    return not common.isdisjoint({word, word.translate(_FIGURES_FOR_LETTERS)})
