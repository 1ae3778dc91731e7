"""A normalised key by which names and numbers are found: no case, no accents, no punctuation.

The database sorts by code point and has no ICU here, so the key is also what lists are sorted by.
"""

import unicodedata

_SPELLED_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})


def search_key(*parts: str) -> str:
    """``search_key("Brändt & Söhne", "00123")`` is ``"brandt sohne 00123"``."""
    folded = unicodedata.normalize("NFKD", " ".join(parts).casefold().translate(_SPELLED_OUT))
    letters = (mark if mark.isalnum() else " " for mark in folded if not unicodedata.combining(mark))
    return " ".join("".join(letters).split())
