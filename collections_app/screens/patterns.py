"""Rows of a long list, at the price of joining strings.

Fifty rows of a dozen cells cost a template more time than all the rest of their page. So the template of one
row is rendered once for each sort of row, with a mark where each of its words goes, and the pattern that
comes of it is filled for every row. The look of a row stays in a template, and what it says is never kept.
"""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

PATTERNS_KEPT_MAX = 500
_MARK = "\x00"
_INDENT = re.compile(r"\s*\n\s*")


class Marks(dict[str, str]):
    """Stands in for a row: whatever a template asks of it is the mark of that word."""

    def __missing__(self, name: str) -> str:
        return f"{_MARK}{name}{_MARK}"


class Pattern:
    """The row of one sort."""

    def __init__(self, text: str) -> None:
        self._text = text  # to be filled by ``%``

    def filled(self, words: Mapping[str, str]) -> SafeString:
        """One row with its words, escaped all at once, which costs a tenth: no text of the database holds
        the mark.
        """
        escaped = escape(_MARK.join(words.values())).split(_MARK)
        return mark_safe(self._text % dict(zip(words, escaped, strict=True)))


def of(template: str, **sort: Hashable) -> Pattern:
    """The pattern that ``template`` makes for rows of a sort: what it knows beside ``row``, what many rows
    have in common. Its words are those that it asks of ``row``.
    """
    return (_made.__wrapped__ if settings.DEBUG else _made)(template, **sort)


@lru_cache(PATTERNS_KEPT_MAX)
def _made(template: str, **sort: Hashable) -> Pattern:
    """Templates do not change while the product runs."""
    pieces = render_to_string(template, {**sort, "row": Marks()}).split(_MARK)
    for place, piece in enumerate(pieces):
        is_word = place % 2 == 1
        pieces[place] = f"%({piece})s" if is_word else _INDENT.sub("\n", piece).replace("%", "%%")
    return Pattern("".join(pieces))
