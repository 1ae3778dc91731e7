"""Facts as JSON or TOML hold them, read strictly: a key that nobody knows would check less than was meant."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from collections_app.correspondence.rules.tone.shapes import (
    Action,
    Attachment,
    Consequence,
    Facts,
    InvoiceFact,
    Sum,
)
from collections_app.lib import iso_codes, money
from collections_app.lib.refusals import Problem, Refused
from collections_app.lib.working_days import Calendar

Reader = Callable[[Any], Any]


def facts_of(written: object) -> Facts:
    """The facts in a mapping with the names of ``Facts``; days as 2026-03-14, amounts as "4200.00". Raises
    ``Refused`` with every key that cannot be read.
    """
    values = _fields("facts", written, FACTS)
    country = values.pop("country", "")
    return Facts(**values, calendar=Calendar(country=country))


def _fields(what: str, written: object, readers: Mapping[str, Reader]) -> dict[str, Any]:
    if not isinstance(written, Mapping):
        raise Refused.because("facts", f"The {what} must be an object with named values.")
    values, problems = {}, []
    for key, value in written.items():
        if key not in readers:
            known = ", ".join(sorted(readers))
            problems.append(Problem("facts", f"“{key}” is not known among the {what}. Known are: {known}."))
            continue
        try:
            values[key] = readers[key](value)
        except Refused as refusal:
            problems += refusal.problems
        except (TypeError, ValueError, KeyError):
            problems.append(Problem("facts", f"“{key}” of the {what} cannot be “{value}”."))
    if problems:
        raise Refused(problems)
    return values


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _amount(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise TypeError
    return money.parse(str(value))


def _currency(value: Any) -> str:
    if not iso_codes.is_currency(_text(value)):
        raise ValueError
    return str(value)


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(_text(value))


def _many(read: Reader) -> Reader:
    def all_of(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple(read(one) for one in value)

    return all_of


def _maybe(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _object(what: str, made: type, readers: Mapping[str, Reader]) -> Reader:
    return lambda value: made(**_fields(what, value, readers))


SUM = {"amount": _amount, "currency": _currency}
INVOICE = {
    "number": _text,
    "open": _amount,
    "currency": _currency,
    "due_on": _maybe(_day),
    "amount": _maybe(_amount),
    "disputed": _amount,
    "promised": _amount,
    "paid_since_draft": _truth,
}
FACTS: dict[str, Reader] = {
    "invoices": _many(_object("invoice", InvoiceFact, INVOICE)),
    "also_theirs": lambda value: frozenset(_many(_text)(value)),
    "others": lambda value: frozenset(_many(_text)(value)),
    "amounts": _many(_object("amount", Sum, SUM)),
    "unallocated": _many(_object("amount", Sum, SUM)),
    "charges": _many(_object("amount", Sum, SUM)),
    "rates": _many(_amount),
    "consequences": _many(_object("consequence", Consequence, {"action": Action, "on": _day})),
    "attachments": _many(_object("attachment", Attachment, {"name": _text, "is_theirs": _truth})),
    "bank_details": _maybe(_many(_text)),
    "contact_name": _text,
    "contact_language": _text,
    "names": _many(_text),
    "people": _many(_text),
    "our_commitments_late": _count,
    "is_individual": _truth,
    "protocol_enclosed": _truth,
    "messages_in_seven_days": _count,
    "is_decent_hour": _truth,
    "country": _text,
}
