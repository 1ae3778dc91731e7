"""Whether what a draft asks for is still to be asked for: settled, changed, disputed or promised since it was
written, or covered by money that nobody has set against anything yet. Pure.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from collections_app.dunning.rules.steps import LEVEL_BEFORE_DUE
from collections_app.dunning.rules.stop_codes import Stop, StopCode, Then
from collections_app.dunning.rules.stop_facts import Asked, Cash, DraftFacts, Owed, StopFacts, Sums
from collections_app.lib import money

_GONE = Owed(money.ZERO)
# How many numbers a sentence names.
NAMED_MAX = 3


def about_money(facts: StopFacts, about: DraftFacts) -> Iterator[Stop]:
    """Every stop that lies in an invoice of the draft, in money that is not set against any, and in the sums
    of its words; of a currency of which something is told already, these are not told besides.
    """
    told = set()
    for currency, stop in (*_by_invoice(facts, about), *_by_cash(facts, about)):
        told.add(currency)
        yield stop
    yield from _about_sums(about, told)
    if about.names_old_bank:
        yield _anew(
            StopCode.CHANGED, "Our bank details changed since it was written, and it names the old ones."
        )


def _by_invoice(facts: StopFacts, about: DraftFacts) -> Iterator[tuple[str, Stop]]:
    for asked in about.invoices:
        owed = facts.invoices.get(asked.invoice_id, _GONE)
        found = list(_about_amount(asked, owed))
        if owed.open_amount > 0:
            found += _about_word(asked, owed, facts.today)
        yield from ((asked.currency, stop) for stop in found)


def _by_cash(facts: StopFacts, about: DraftFacts) -> Iterator[tuple[str, Stop]]:
    by_currency = sorted(about.invoices, key=lambda asked: asked.currency)
    for currency, group in groupby(by_currency, key=lambda asked: asked.currency):
        if cash := facts.cash.get(currency):
            yield from ((currency, stop) for stop in _about_cash(list(group), cash, facts))


def not_due(about: DraftFacts, *, today: dt.date) -> Stop | None:
    """Nothing that a reminder of what is overdue asks for is overdue: terms were changed, or it was written
    for another day. Asked only when it leaves, since whoever looks ahead asks about days to come.
    """
    if about.level <= LEVEL_BEFORE_DUE or not about.invoices:
        return None
    if any(each.due_on and each.due_on < today for each in about.invoices):
        return None
    numbers = ", ".join(each.number for each in about.invoices[:NAMED_MAX])
    text = f"Nothing that it asks for is overdue ({numbers}); what is due by now is written anew."
    return _anew(StopCode.CHANGED, text)


def _about_amount(asked: Asked, owed: Owed) -> Iterator[Stop]:
    gone = asked.open_amount - owed.open_amount
    if owed.open_amount == 0 < gone:
        yield _anew(StopCode.SETTLED, f"{asked.number} was settled since this was written.")
    elif gone > 0:
        text = (
            f"{_shown(gone, asked)} of {asked.number} was settled since this was written; "
            f"{_shown(owed.open_amount, asked)} is still open."
        )
        yield _anew(StopCode.SETTLED, text)
    elif gone < 0:
        text = (
            f"{asked.number} is now open with {_shown(owed.open_amount, asked)}, "
            f"not with {_shown(asked.open_amount, asked)} as the message says."
        )
        yield _anew(StopCode.CHANGED, text)


def _about_word(asked: Asked, owed: Owed, today: dt.date) -> Iterator[Stop]:
    """What the customer said of the invoice that the draft does not know."""
    if owed.disputed > asked.disputed:
        text = (
            f"{_shown(owed.disputed, asked)} of {asked.number} is disputed, and the message does not say so."
        )
        yield _anew(StopCode.DISPUTED, text)
    if owed.promised > asked.promised and _is_awaited(owed, today):
        text = f"{_shown(owed.promised, asked)} of {asked.number} is promised{_by_when(owed)}."
        yield _anew(StopCode.PROMISED, text)


def _is_awaited(owed: Owed, today: dt.date) -> bool:
    """A promise counts until its grace has passed, also when the night has not judged it yet."""
    return owed.grace_ends_on is None or owed.grace_ends_on >= today


def _by_when(owed: Owed) -> str:
    if owed.promised_on is None:
        return ""
    grace = owed.grace_ends_on
    until = f", with time until {grace:%-d %B}" if grace and grace > owed.promised_on else ""
    return f" for {owed.promised_on:%-d %B}{until}"


def _about_cash(asked: Sequence[Asked], cash: Cash, facts: StopFacts) -> Iterator[Stop]:
    """Money is set against the oldest first. It stops the message when it would pay all that is asked for, or
    the oldest of it, or when it is exactly the amount of one of the invoices.
    """
    parts = [(_to_pay(each, facts), each) for each in sorted(asked, key=_age)]
    parts = [(amount, each) for amount, each in parts if amount > 0]
    if not parts or cash.total <= 0:
        return
    whole = sum((amount for amount, _ in parts), money.ZERO)
    oldest, first = parts[0]
    come_in = f"{_shown(cash.total, first)} of theirs is not set against anything yet"
    if cash.total >= whole:
        yield _ask(f"{come_in}: it would pay all that is asked for ({_shown(whole, first)}).")
    elif cash.total >= oldest:
        yield _ask(f"{come_in}: it would pay {first.number} ({_shown(oldest, first)}).")
    else:
        for amount, each in parts:
            if amount in cash.parts or amount == cash.total:
                yield _ask(f"{come_in}, and a part of it is exactly what is open of {each.number}.")
                return


def _about_sums(about: DraftFacts, told: Collection[str]) -> Iterator[Stop]:
    """A credit note, a payment on its way to an invoice, a dispute that was settled, or interest that was
    charged or waived: none of it need change what is open of an invoice, and each changes what the words say.
    """
    for currency, said in sorted(about.said.items()):
        now = about.says_now.get(currency, Sums())
        if currency in told or now == said:
            continue
        if now.asked != said.asked:
            was, is_now = money.shown(said.asked, currency), money.shown(now.asked, currency)
            text = f"It asks for {was} in all; after what was booked or cleared up since, {is_now} is left."
        elif now.aside != said.aside:
            was, is_now = money.shown(said.aside, currency), money.shown(now.aside, currency)
            text = f"It says that {was} is disputed or promised; by now {is_now} is."
        else:
            was, is_now = money.shown(said.interest, currency), money.shown(now.interest, currency)
            text = f"It tells of {was} of interest; after what was decided since, that would be {is_now}."
        yield _anew(StopCode.CHANGED, text)


def _to_pay(asked: Asked, facts: StopFacts) -> Decimal:
    owed = facts.invoices.get(asked.invoice_id, _GONE)
    return owed.open_amount - owed.disputed - owed.promised


def _age(asked: Asked) -> tuple[dt.date, int]:
    return (asked.due_on or dt.date.max, asked.invoice_id)


def _ask(text: str) -> Stop:
    return Stop(StopCode.COVERED, Then.PERSON, f"{text} Set it against an invoice, or ask what it is for.")


def _anew(code: StopCode, text: str) -> Stop:
    return Stop(code, Then.ANEW, text)


def _shown(amount: Decimal, asked: Asked) -> str:
    return money.shown(amount, asked.currency)
