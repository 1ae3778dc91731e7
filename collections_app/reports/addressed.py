"""What an address says of pieces, read: numbers, days and moments."""

import datetime as dt

ID_LETTERS_MAX = 19


class Unknown(ValueError):
    """An address that asks for pieces that there are not."""


def number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < ID_LETTERS_MAX):
        raise Unknown(text)
    return int(text)


def moment(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text).astimezone(dt.UTC) if text else None
    except (ValueError, OverflowError) as error:
        raise Unknown(text) from error


def month(text: str) -> dt.date:
    return day(f"{text}-01")


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Unknown(text) from error
