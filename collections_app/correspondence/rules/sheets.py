"""What stands on paper: a statement of account, and a letter. Texts only, in the reader's language; whoever
draws them (``letters/*.typ``) lays them out. Pure.

A statement's sums are the ledger's: documents, credits and payments of a currency come to its balance, and so
does its ageing line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel import Locale

from collections_app.correspondence.rules import letter_items, letter_texts, purposes
from collections_app.correspondence.rules.copying import LETTER_PAPER
from collections_app.correspondence.rules.letter_values import CurrencyTable, LetterValues, Row
from collections_app.correspondence.rules.letter_words import LetterWords
from collections_app.correspondence.rules.statement_words import WORDS, StatementWords
from collections_app.ledger.rules import Bucket, InvoiceKind
from collections_app.lib import locales, money


@dataclass(frozen=True, slots=True)
class Aged:
    """One currency of the ledger by age. ``aged`` has an amount for each bucket; credits and unallocated
    payments are below zero.
    """

    currency: str
    buckets: tuple[Bucket, ...]
    not_due: Decimal
    aged: tuple[Decimal, ...]
    credits: Decimal = money.ZERO
    unallocated: Decimal = money.ZERO

    @property
    def balance(self) -> Decimal:
        """All of it together."""
        return self.not_due + sum(self.aged, money.ZERO) + self.credits + self.unallocated


def statement_of(values: LetterValues, aged: Sequence[Aged]) -> dict[str, Any]:
    """The data of ``letters/statement.typ``."""
    locale, words = letter_texts.locale_of(values), letter_texts.words_of(values)
    terms = WORDS[purposes.language_of(values.language)]
    tables = {table.currency: table for table in values.tables}
    return {
        **_frame(values, terms.title),
        "title": terms.title,
        "facts": [
            terms.as_of.format(day=locales.day(values.today, locale)),
            terms.customer.format(number=values.customer.number),
        ],
        "opening": terms.opening if tables else terms.nothing,
        "heads": [words.number, words.reference, terms.issued, words.due, terms.amount, words.open],
        "currencies": [_currency(each, tables.get(each.currency), terms, words, locale) for each in aged],
        "pay_to": terms.pay_to if values.company.bank_details else "",
        "bank_details": values.company.bank_details.splitlines(),
    }


def statement_name(values: LetterValues) -> str:
    """What the file of a statement is called."""
    terms = WORDS[purposes.language_of(values.language)]
    return f"{terms.file.format(number=values.customer.number, day=values.today.isoformat())}.pdf"


def letters_of(letters: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The data of ``letters/letter.typ``: letters (``letter_of``) that are printed together."""
    first = letters[0]
    title = first["document"] if len(letters) == 1 else f"{len(letters)} letters"
    return {"title": title, "author": first["company"], "letters": list(letters)}


def letter_of(*, subject: str, text: str, values: LetterValues) -> dict[str, Any]:
    """The words of a letter as they are sent, on paper. Their table is drawn as one where it stands as it was
    made; changed by hand it stays as it was typed.
    """
    items = letter_items.text_of(values) if values.tables else ""
    before, found, after = text.partition(items) if items else (text, "", "")
    return {
        **_frame(values, subject),
        "subject": subject,
        "date": locales.day(values.today, letter_texts.locale_of(values)),
        "before": _paragraphs(before),
        "tables": [
            [[*line.cells, line.amount, line.is_sum or line.is_head] for line in lines]
            for lines in letter_items.lines_of(values)
        ]
        if found
        else [],
        "after": _paragraphs(after),
    }


def _frame(values: LetterValues, title: str) -> dict[str, Any]:
    company, country = values.company, values.customer.country
    contact = ([values.contact.name] if values.contact.name else []) + values.customer.address.splitlines()
    reached = " · ".join(part for part in (company.phone, company.hours, company.reply_to) if part)
    return {
        "language": purposes.language_of(values.language),
        "paper": "us-letter" if country.upper() in LETTER_PAPER else "a4",
        "document": f"{title}: {values.customer.name}",
        "company": company.name,
        "sender": company.address.splitlines(),
        "reached": reached,
        "address": [values.customer.name, *(line for line in contact if line.strip())],
        "footer": f"{company.name} · {values.customer.number}",
    }


def _paragraphs(text: str) -> list[list[str]]:
    blocks = (block.strip("\n") for block in text.split("\n\n"))
    return [block.splitlines() for block in blocks if block.strip()]


def _currency(
    aged: Aged, table: CurrencyTable | None, terms: StatementWords, words: LetterWords, locale: Locale
) -> dict[str, Any]:
    def shown(amount: Decimal) -> str:
        return locales.amount(amount, aged.currency, locale)

    rows = [_row(row, aged.currency, words, locale) for row in table.rows] if table else []
    parts = [(terms.not_due, aged.not_due)]
    for bucket, amount in zip(aged.buckets, aged.aged, strict=True):
        span = terms.aged_open if bucket.last is None else terms.aged
        parts.append((span.format(first=bucket.first, last=bucket.last), amount))
    parts += [(terms.credits, aged.credits), (terms.payments, aged.unallocated)]
    return {
        "code": aged.currency,
        "rows": rows,
        "unallocated": [terms.unallocated, shown(aged.unallocated)] if aged.unallocated else [],
        "ageing": [[label, shown(amount)] for label, amount in (*parts, (terms.balance, aged.balance))],
        "balance": [terms.balance, shown(aged.balance)],
    }


def _row(row: Row, currency: str, words: LetterWords, locale: Locale) -> list[str]:
    named = row.number if row.kind == InvoiceKind.INVOICE else f"{words.kinds[row.kind]} {row.number}"
    return [
        named,
        row.reference,
        locales.short_day(row.invoiced_on, locale),
        locales.short_day(row.due_on, locale) if row.due_on else "",
        locales.amount(row.amount, currency, locale),
        locales.amount(row.open, currency, locale),
    ]
