"""What an address for email looks like: one rule, so that what a file or a form brings can be written to."""

import re

LETTERS_MAX = 254
# Between two dots, and around them, stands something.
_PART = r"[^@\s<>\",;:()\\.]+"
_ADDRESS = re.compile(rf"{_PART}(?:\.{_PART})*@{_PART}(?:\.{_PART})+")
_AROUND = re.compile(r"<?\s*(?:mailto:)?\s*([^<>]*?)\s*>?", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether ``text`` is one address for email, and nothing besides."""
    return len(text) <= LETTERS_MAX and _ADDRESS.fullmatch(text) is not None


def is_mailable(text: str) -> bool:
    """Whether mail servers take ``text``: letters of other alphabets they know behind the @ only."""
    return is_address(text) and text.rpartition("@")[0].isascii()


def plain(text: str) -> str:
    """The address that ``text`` is about, without what other programs write around it: ``<a@b.example>``,
    ``mailto:a@b.example``. Whether it is one, ``is_address`` tells.
    """
    found = _AROUND.fullmatch(text.strip())
    return found[1] if found else text.strip()
