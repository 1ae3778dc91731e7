"""The values of a letter written out in the reader's language: what a template sees. Texts, counts, lists and
groups of them; no amount or day that could be computed with. Pure.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from collections_app.correspondence.rules import purposes
from collections_app.correspondence.rules.letter_values import CurrencyTable, InterestRow, LetterValues, Row
from collections_app.correspondence.rules.letter_words import WORDS, LetterWords
from collections_app.lib import locales, money

# Stands in a letter where its table of documents goes; the letter is laid out twice, as text and as HTML.
# A private character, so that nobody's name can hold it.
ITEMS_SLOT = "\ue000"


def locale_of(values: LetterValues) -> Locale:
    """How the reader writes days and amounts; in English where we have no words of theirs."""
    spoken = purposes.language_of(values.language)
    tag = values.language if spoken == locales.spoken(values.language) else spoken
    return locales.locale_of(tag, values.customer.country)


def words_of(values: LetterValues) -> LetterWords:
    """The words of the reader's language."""
    return WORDS[purposes.language_of(values.language)]


def texts_of(values: LetterValues) -> dict[str, Any]:
    """Everything a template may name, in the shape that ``letter_documents`` documents."""
    locale, words = locale_of(values), words_of(values)
    company, contact, collector = values.company, values.contact, values.collector
    return {
        "company": {
            "name": _clean(company.name),
            "address": _clean(company.address),
            "reply_to": _clean(company.reply_to),
            "phone": _clean(company.phone),
            "hours": _clean(company.hours),
            "bank_details": _clean(company.bank_details),
        },
        "customer": {
            "number": _clean(values.customer.number),
            "name": _clean(values.customer.name),
            "address": _clean(values.customer.address),
        },
        "contact": {
            "name": _clean(contact.name),
            "first_name": _clean(contact.first_name),
            "last_name": _clean(contact.last_name),
            "email": _clean(contact.email),
        },
        "collector": {
            "name": _clean(collector.name),
            "email": _clean(collector.email or company.reply_to),
            "phone": _clean(collector.phone or company.phone),
        },
        "level": values.level,
        "today": locales.day(values.today, locale),
        "answer_by": locales.day(values.answer_by, locale),
        "items": ITEMS_SLOT if values.tables else None,
        "count": values.count,
        "asked": _sums({table.currency: table.asked for table in values.tables}, locale),
        "set_aside": _sums({table.currency: table.set_aside for table in values.tables}, locale),
        "tables": [_table(table, words, locale) for table in values.tables],
        "oldest": _oldest(values, words, locale),
        "written_on": [locales.day(day, locale) for day in values.written_on],
        "written": locales.listed([locales.day(day, locale) for day in values.written_on], locale) or None,
        "attached": [_clean(name) for name in values.attached],
        "consequence": {
            "action": words.actions[values.consequence.action],
            "on": locales.day(values.consequence.on, locale),
        }
        if values.consequence
        else None,
        "protocol": {
            "days": values.protocol.days,
            "enclosed": [_clean(name) for name in values.protocol.enclosed],
        }
        if values.protocol
        else None,
        "interest": {
            "rows": [_interest(row, locale) for row in values.interest],
            "total": _sums(interest_sums(values.interest), locale),
        }
        if values.interest
        else None,
        "agreed": {
            "on": locales.day(values.agreed.on, locale),
            "theirs": [_clean(line) for line in values.agreed.theirs],
            "ours": [_clean(line) for line in values.agreed.ours],
            "looking_into": [_clean(line) for line in values.agreed.looking_into],
        }
        if values.agreed
        else None,
        "hold": {
            "orders": [_clean(order) for order in values.hold.orders],
            "frees": locales.amount(values.hold.frees, values.hold.currency, locale),
        }
        if values.hold
        else None,
    }


def _clean(text: str) -> str | None:
    """What is empty is nothing: in a condition Liquid takes an empty text for something."""
    return text.replace(ITEMS_SLOT, "").strip() or None


def _sums(sums: Mapping[str, Decimal], locale: Locale) -> list[str]:
    return [locales.amount(amount, currency, locale) for currency, amount in sums.items() if amount]


def _table(table: CurrencyTable, words: LetterWords, locale: Locale) -> dict[str, Any]:
    return {
        "currency": table.currency,
        "rows": [row_texts(row, table.currency, words, locale) for row in table.rows],
        "overdue": _some(table.overdue, table.currency, locale),
        "total": locales.amount(table.total, table.currency, locale),
        "asked": locales.amount(table.asked, table.currency, locale),
    }


def row_texts(row: Row, currency: str, words: LetterWords, locale: Locale) -> dict[str, Any]:
    """One document, written out. What is nothing is empty."""
    return {
        "number": _clean(row.number),
        "kind": words.kinds[row.kind],
        "reference": _clean(row.reference),
        "invoiced_on": locales.day(row.invoiced_on, locale),
        "due_on": locales.day(row.due_on, locale) if row.due_on else None,
        "days_overdue": row.days_overdue,
        "amount": locales.amount(row.amount, currency, locale),
        "open": locales.amount(row.open, currency, locale),
        "disputed": _some(row.disputed, currency, locale),
        "promised": _some(row.promised, currency, locale),
        "asked": locales.amount(row.asked, currency, locale),
    }


def _oldest(values: LetterValues, words: LetterWords, locale: Locale) -> dict[str, Any] | None:
    row = values.oldest
    if row is None:
        return None
    currency = next(table.currency for table in values.tables if row in table.rows)
    return row_texts(row, currency, words, locale)


def _interest(row: InterestRow, locale: Locale) -> dict[str, Any]:
    return {
        "number": _clean(row.number),
        "days": row.days,
        "rate": format_decimal(row.rate, format="#,##0.##", locale=locale) + " %",
        "interest": locales.amount(row.interest, row.currency, locale),
        "fixed_sum": _some(row.fixed_sum, row.currency, locale),
    }


def interest_sums(rows: Sequence[InterestRow]) -> dict[str, Decimal]:
    """Interest and fixed sums together, by currency."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, money.ZERO) + row.interest + row.fixed_sum
    return sums


def _some(value: Decimal, currency: str, locale: Locale) -> str | None:
    return locales.amount(value, currency, locale) if value else None
