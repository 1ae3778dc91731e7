"""Spans of a day, such as office hours with a break: how they are written, read and told."""

import datetime as dt
import re
from itertools import pairwise

Span = tuple[dt.time, dt.time]

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")
_BETWEEN = re.compile(r"\s*(?:-|–|—|to)\s*")
_EXAMPLE = "Write them like 09:00-12:00, 13:30-17:00."


def parse(text: str) -> tuple[Span, ...]:
    """The spans in ``text``, each up to but without its end, in their order.

    Raises ``ValueError`` with a sentence when it holds none, or they are out of order or touch each other.
    """
    spans = tuple(_span(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
    if not spans:
        raise ValueError(f"At least one span of the day is needed. {_EXAMPLE}")
    for (_, end), (start, _) in pairwise(spans):
        if start <= end:
            raise ValueError(f"Spans follow each other with a break between. {_EXAMPLE}")
    return spans


def written(spans: tuple[Span, ...]) -> str:
    """The text that ``parse`` reads: 09:00-12:00, 13:30-17:00."""
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans)


def _span(text: str) -> Span:
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        raise ValueError(f"“{text}” is not a span of the day. {_EXAMPLE}")
    start, end = (_time(part) for part in parts)
    if start >= end:
        raise ValueError(f"“{text}” ends before it begins. {_EXAMPLE}")
    return start, end


def _time(text: str) -> dt.time:
    found = _TIME.fullmatch(text)
    try:
        if found:
            return dt.time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise ValueError(f"“{text}” is not a time of day. {_EXAMPLE}")
