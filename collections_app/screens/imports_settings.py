"""The parts of a mapping in a form: how days and amounts are written, what the words for types mean."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from collections_app.intake import fields, guesses, headers
from collections_app.intake.profile_rules import DAY_ORDERS, Mapping
from collections_app.intake.rules import FileKind
from collections_app.lib.refusals import Problem
from collections_app.screens.imports import KINDS

DAYS = {
    "D-M-Y": "31.12.2026, day first",
    "M-D-Y": "12/31/2026, month first",
    "Y-M-D": "2026-12-31, year first",
    "YYYYMMDD": "20261231",
    "serial": "46387, as spreadsheets count",
}
LINES = {
    "one": "One row for each",
    "summed": "Several rows that add up",
    "repeated": "Several rows that repeat its total",
    "priced": "Rows of a quantity and a price",
}
MEANINGS = {
    "invoice": "Invoice",
    "debit_note": "Debit note",
    "credit_note": "Credit note",
    "finance_charge": "Finance charge",
    "receipt": "Payment received",
    "refund": "Refund",
    "reversal": "Reversal of a payment",
    "allocation": "Allocation",
    "deallocation": "Reversal of an allocation",
    "customer": "Customer",
    "contact": "Contact",
    "in_hand": "Still to be delivered",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
    fields.LEFT_OUT: "Leave the row out",
}
WORDS_MAX = 40
WORD_LETTERS_MAX = 100
OTHERS = "*"


class SettingsForm(forms.Form):
    """Everything of a mapping but its columns and its words for types."""

    kind = forms.ChoiceField(
        label="What the file holds", choices=[(kind.value, words) for kind, words in KINDS.items()]
    )
    has_header = forms.BooleanField(label="The file has a row of headers", required=False)
    days = forms.ChoiceField(
        label="Days are written",
        choices=[(order, DAYS[order]) for order in DAY_ORDERS],
        help_text="Days like 2026-12-31 are always understood.",
    )
    decimal_mark = forms.ChoiceField(
        label="Amounts are written", choices=[(".", "1,234.56"), (",", "1.234,56")]
    )
    side = forms.ChoiceField(
        label="Credits and payments",
        choices=[
            ("signed", "are negative, or marked in a column"),
            ("typed", "are known by their type alone"),
        ],
    )
    lines = forms.ChoiceField(label="A document has", choices=list(LINES.items()))
    default_type = forms.ChoiceField(label="A row that names no type is")
    currency = forms.CharField(
        label="Currency, where no column says it",
        required=False,
        max_length=3,
        help_text="Three letters; empty for that of the company.",
        error_messages={"max_length": "A currency has three letters, like EUR."},
    )
    strips_zeros = forms.BooleanField(
        label="Customer numbers with and without leading zeros are one", required=False
    )

    def __init__(self, *args: Any, kind: FileKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["default_type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(word, MEANINGS[word]) for word in _types(kind)]
        field.required = False
        if kind in (FileKind.CUSTOMERS, FileKind.ORDERS):
            for name in ("side", "lines", "days"):
                self.fields[name].required = False


@dataclass(frozen=True, slots=True)
class TypeLine:
    """One of the file's words for a type of row, and what it means."""

    place: int
    word: str
    meaning: str

    @property
    def label(self) -> str:
        return "All others" if self.word == OTHERS else f"“{self.word}”"


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: the mapping as far as it is understood, the form, what is wrong with the columns."""

    mapping: Mapping
    form: SettingsForm
    problems: Sequence[Problem] = ()


def form_of(mapping: Mapping) -> SettingsForm:
    """The form that shows a mapping."""
    initial = {
        "kind": mapping.kind.value,
        "has_header": mapping.has_header,
        "days": mapping.days[0],
        "decimal_mark": mapping.decimal_mark,
        "side": "signed" if mapping.signed else "typed",
        "lines": mapping.lines,
        "default_type": mapping.default_type,
        "currency": mapping.currency,
        "strips_zeros": mapping.strips_zeros,
    }
    return SettingsForm(initial=initial, kind=mapping.kind)


def kind_of(posted: AnyMapping[str, str], otherwise: FileKind) -> FileKind:
    """The kind that was chosen."""
    kind = posted.get("kind", "")
    return FileKind(kind) if kind in set(FileKind) else otherwise


def read(posted: AnyMapping[str, str], base: Mapping) -> Posted:
    """``base`` with the settings and types that were posted; what is wrong in the form stays as it was."""
    kind = kind_of(posted, base.kind)
    form = SettingsForm(posted, kind=kind)
    form.is_valid()
    given = form.cleaned_data
    order = given.get("days") or base.days[0]
    default_type = given.get("default_type") or (
        base.default_type if kind == base.kind else fields.default_type_of(kind)
    )
    mapping = replace(
        base,
        kind=kind,
        has_header=given.get("has_header", base.has_header),
        days=(order, *(other for other in base.days[1:] if other != order)),
        decimal_mark=given.get("decimal_mark") or base.decimal_mark,
        signed=given.get("side", "signed") != "typed",
        lines=given.get("lines") or base.lines,
        default_type=default_type,
        currency=given.get("currency", base.currency).upper(),
        strips_zeros=given.get("strips_zeros", base.strips_zeros),
        types=_posted_types(posted, kind),
    )
    return Posted(mapping, form)


def _posted_types(posted: AnyMapping[str, str], kind: FileKind) -> dict[str, str]:
    known = set(_types(kind))
    pairs = ((posted.get(f"word-{n}", "").strip(), posted.get(f"meaning-{n}", "")) for n in range(WORDS_MAX))
    return {word[:WORD_LETTERS_MAX]: meaning for word, meaning in pairs if word and meaning in known}


def type_lines(mapping: Mapping, words: Iterable[str]) -> list[TypeLine]:
    """A line for each word of the file or of the mapping, and one for all others."""
    known = {word.casefold(): (word, meaning) for word, meaning in mapping.types.items() if word != OTHERS}
    for word in words:
        known.setdefault(
            word.casefold(), (word, guesses.meaning_of(word, mapping.kind) if not mapping.types else "")
        )
    shown = [*list(known.values())[: WORDS_MAX - 1], (OTHERS, mapping.types.get(OTHERS, ""))]
    return [TypeLine(place, word, meaning) for place, (word, meaning) in enumerate(shown)]


def meanings(kind: FileKind) -> list[tuple[str, str]]:
    """What a word may mean, with words for it."""
    return [(name, MEANINGS[name]) for name in _types(kind)]


def _types(kind: FileKind) -> tuple[str, ...]:
    return (*fields.TYPES_OF[kind], fields.LEFT_OUT)


def columns_of_file(
    posted: AnyMapping[str, str], names: Sequence[str], base: Mapping
) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The fields that the columns of a file were given, and a problem for each one given to several."""
    chosen: dict[str, list[int]] = {}
    for place in range(len(names)):
        if field := posted.get(f"column-{place}", ""):
            chosen.setdefault(field, []).append(place)
    keys = [headers.key(name) for name in names]
    columns, problems = {}, []
    for field, (first, *others) in chosen.items():
        is_told_by_header = base.has_header and keys[first] and keys.count(keys[first]) == 1
        kept = [name for name in base.columns.get(field, ()) if headers.key(name) == keys[first]]
        columns[field] = (
            (base.columns[field] if kept else (names[first].strip(),))
            if is_told_by_header
            else (f"#{first + 1}",)
        )
        if others:
            both = " and ".join(
                f"“{names[place].strip() or f'column {place + 1}'}”" for place in (first, *others)
            )
            problems.append(
                Problem(
                    "column_twice", f"{both} are both read as “{fields.title_of(field)}”. Choose one of them."
                )
            )
    return columns, problems
