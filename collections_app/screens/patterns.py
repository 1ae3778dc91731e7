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


def filled(template: str, words: Mapping[str, str], **sort: Hashable) -> SafeString:
    """``template`` with the ``words`` of one row, escaped; it asks them of ``row``. ``sort`` is what else it
    knows: what rows of one sort have in common, so that there are few patterns for many rows.
    """
    pattern = _pattern if not settings.DEBUG else _pattern.__wrapped__
    # Escaped one by one, and put into text that a template made.
    return mark_safe(pattern(template, **sort) % {name: escape(word) for name, word in words.items()})


@lru_cache(PATTERNS_KEPT_MAX)
def _pattern(template: str, **sort: Hashable) -> str:
    """The row of a sort, to be filled by ``%``. Templates do not change while the product runs."""
    pieces = render_to_string(template, {**sort, "row": Marks()}).split(_MARK)
    for place, piece in enumerate(pieces):
        is_word = place % 2 == 1
        pieces[place] = f"%({piece})s" if is_word else _INDENT.sub("\n", piece).replace("%", "%%")
    return "".join(pieces)
