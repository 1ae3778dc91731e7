"""Spans of a day as people write them."""

import datetime as dt

import pytest

from collections_app.lib import day_spans


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("09:00-12:00, 13:30-17:00", "09:00-12:00, 13:30-17:00"),
        ("9-12;13.30 to 17", "09:00-12:00, 13:30-17:00"),
        (" 8h30 – 16:00 ,", "08:30-16:00"),
        ("00:00-23:59", "00:00-23:59"),
    ],
)
def test_spans_are_read_as_people_write_them(text: str, kept: str) -> None:
    assert day_spans.written(day_spans.parse(text)) == kept


def test_a_span_has_a_beginning_and_an_end() -> None:
    assert day_spans.parse("9-12") == ((dt.time(9), dt.time(12)),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "At least one span"),
        ("nine to five", "“nine” is not a time of day"),
        ("9", "“9” is not a span"),
        ("12-9", "ends before it begins"),
        ("9-9", "ends before it begins"),
        ("9-25", "“25” is not a time of day"),
        ("13-17, 9-12", "follow each other"),
        ("9-12, 12-17", "with a break between"),
    ],
)
def test_what_is_no_span_is_told_with_an_example(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as refused:
        day_spans.parse(text)
    assert "09:00-12:00" in str(refused.value)
