"""A few sentences about an order that waits, which whoever sells may copy for the customer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from collections_app.correspondence.rules import purposes
from collections_app.holds.rules import paying
from collections_app.holds.rules.customer_words import WORDS, CustomerWords
from collections_app.holds.rules.paying import Line
from collections_app.holds.rules.reasons import ReasonCode
from collections_app.lib import locales

INVOICES_NAMED_MAX = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits, why, and the smallest payment that frees it (None: no payment does)."""

    number: str
    amount: Decimal
    currency: str
    codes: Sequence[ReasonCode]
    payment: Sequence[Line] | None


def sentence_for_customer(waiting: Waiting, *, language: str = "", country: str = "") -> str:
    """The sentences, in a language of ours for the tag ``language`` ("de-CH")."""
    spoken = purposes.language_of(language)
    locale = locales.locale_of(language if spoken == locales.spoken(language) else spoken, country)
    words = WORDS[spoken]
    begins = words.begins.format(
        order=waiting.number, amount=locales.amount(waiting.amount, waiting.currency, locale)
    )
    said = [begins, words.because[waiting.codes[0]]]
    if waiting.payment:
        said += [_frees(waiting.payment, words, locale), words.door]
    else:
        said.append(words.looking)
    return " ".join(said)


def _frees(payment: Sequence[Line], words: CustomerWords, locale: Locale) -> str:
    sums = [locales.amount(amount, currency, locale) for currency, amount in paying.totals(payment).items()]
    lines = [_line(line, words, locale) for line in payment[:INVOICES_NAMED_MAX]]
    more = len(payment) - INVOICES_NAMED_MAX
    named = "; ".join([*lines, words.more.format(count=more)] if more > 0 else lines)
    total = locales.listed(sums, locale)
    if all(line.invoice_id is None for line in payment):
        return words.paid.format(total=total)
    return words.paid_for.format(total=total, lines=named)


def _line(line: Line, words: CustomerWords, locale: Locale) -> str:
    amount = locales.amount(line.amount, line.currency, locale)
    if line.invoice_id is None:
        return words.ahead.format(amount=amount)
    return f"{line.number}, {amount}"
