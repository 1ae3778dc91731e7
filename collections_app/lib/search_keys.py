"""A normalised key by which names and numbers are found: no case, no accents, no punctuation.

The database sorts by code point and has no ICU here, so the key is also what lists are sorted by.
"""

import unicodedata

_SPELLED_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "þ": "th"})


def search_key(*parts: str) -> str:
    """``search_key("Brändt & Söhne", "00123")`` is ``"brandt sohne 00123"``."""
    # Decomposed before and after: among the mathematical letters there are capitals that know no small one.
    plain = unicodedata.normalize("NFKD", " ".join(parts))
    folded = unicodedata.normalize("NFKD", plain.casefold().translate(_SPELLED_OUT))
    letters = (mark if mark.isalnum() else " " for mark in folded if not unicodedata.combining(mark))
    return " ".join("".join(letters).split())
