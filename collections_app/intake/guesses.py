"""Guesses from its first rows how a file is read. Pure; a person looks at every guess."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from collections_app.intake import cells, fields, headers
from collections_app.intake.builtin_profiles import BUILTIN
from collections_app.intake.headers import Row
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind

HEADER_CELLS_MIN = 2
_AMOUNTS = ("amount", "open_amount", "debit", "credit")
_OF_PRICES = ("quantity", "unit_price", "discount", "tax_type")
DAY_ORDERS = ("D-M-Y", "M-D-Y", "YYYYMMDD", "serial", "Y-M-D")

# Words that files use beside those of the built-in profiles. The first field still free takes the column.
_WORDS = {
    "customer": (
        "customer|customer no|cust no|customer id|account|account number|account no|client|client number"
        "|kundennummer|kundennr|kunde|debitor|cust number"
    ),
    "customer_name": "client name|company|company name|firma|kundenname|name",
    "name": "customer name|company|company name|client name",
    "number": (
        "invoice|invoice no|invoice number|document|document no|doc no"
        "|belegnummer|beleg|rechnung|rechnungsnummer|transaction number|num|invoice id"
        "|order|order no|order id|sales order|auftrag|auftragsnummer|bestellnummer"
    ),
    "issued_on": (
        "date|invoice date|document date|doc date|issued"
        "|issue date|rechnungsdatum|datum|belegdatum|posting date"
    ),
    "due_on": "due|due date|payment due|net due date|fällig am|fälligkeit|faellig am|maturity|due in date",
    "open_amount": (
        "balance|open balance|outstanding|amount due|remaining"
        "|remaining amount|open|offen|offener betrag|residual"
    ),
    "amount": "amount|total|invoice amount|gross|original amount|betrag|value",
    "quantity": "quantity|qty|menge|anzahl",
    "unit_price": "unit amount|unit price|price|rate|einzelpreis|preis",
    "placed_on": "order date|placed|placed on|date|ordered on|auftragsdatum|bestelldatum|datum",
    "wanted_on": "delivery date|requested delivery date|wished delivery|liefertermin|wunschtermin",
    "source": "source|system|channel|shop",
    "settled_on": "clear date|settled|settled date|paid on|payment date|paid date",
    "type": "type|state|status|order status|document type|transaction type|doc type|belegart|art",
    "currency": "currency|curr|ccy|währung|waehrung",
    "terms": "terms|payment terms|zahlungsbedingungen|cust payment terms",
    "reference": "reference|ref|po number|po|your reference|referenz|memo",
    "email": "email|e mail|mail",
    "phone": "phone|telephone|tel|telefon|phone number",
    "contact_name": "contact|contact person|ansprechpartner",
    "credit_limit": "limit|credit limit|kreditlimit",
    "collector": "collector|clerk|sachbearbeiter",
    "salesperson": "salesperson|sales rep|rep|vertreter",
    "country": "country|country code|land",
    "address": "address|bill address|billing address|anschrift",
}
# What files call the states of orders.
_ORDER_WORDS = {
    **dict.fromkeys(("open", "new", "confirmed", "processing", "sale", "offen"), "in_hand"),
    **dict.fromkeys(("shipped", "done", "closed", "complete", "completed", "geliefert"), "delivered"),
    **dict.fromkeys(("canceled", "cancel", "void", "storniert"), "cancelled"),
}


def guess(rows: Sequence[Row], *, kind: FileKind, prefers: str = "D-M-Y") -> Mapping:
    """The mapping that fits the first ``rows`` best; ``prefers`` decides between day and month."""
    known = _known(kind)
    place = max(range(len(rows)), key=lambda n: (_hits(rows[n][1], known), -n), default=0)
    if not rows or _hits(rows[place][1], known) < HEADER_CELLS_MIN:
        return Mapping(kind, {}, has_header=_looks_like_words(rows), days=(prefers,))
    names, below = rows[place][1], [row for _, row in rows[place + 1 :]]
    columns = _columns(names, known)
    is_priced = {"quantity", "unit_price"} <= columns.keys() and columns.keys().isdisjoint(_AMOUNTS)
    columns = {field: name for field, name in columns.items() if is_priced or field not in _OF_PRICES}
    samples = {field: _column(below, names.index(header)) for field, (header,) in columns.items()}
    readers = {field.name: field.reader for field in fields.BY_KIND[kind]}
    amounts = [text for field, texts in samples.items() if readers[field] == "amount" for text in texts]
    days = [text for field, texts in samples.items() if readers[field] == "day" for text in texts]
    return Mapping(
        kind,
        columns,
        days=(_day_order(days, prefers),),
        decimal_mark=_decimal_mark(amounts),
        types=_types(samples.get("type", []), kind),
        default_type=fields.default_type_of(kind),
        lines="priced" if is_priced else "one",
        signed="type" not in columns or any("-" in text or "(" in text for text in amounts),
        strips_zeros=_has_two_forms(samples.get("customer", [])),
    )


def meaning_of(word: str, kind: FileKind) -> str:
    """What a word for a type of row means, when a built-in profile or our own words know it; or nothing."""
    return _meanings(kind).get(word.strip().casefold(), "")


def _known(kind: FileKind) -> dict[str, list[str]]:
    """For each header, by its letters and digits, the fields it may be, the likeliest first."""
    of_kind = fields.BY_KIND[kind]
    # Whether tax is to be added to an amount cannot be seen; a person says so.
    names = {field.name for field in of_kind} - {"tax"}
    votes: dict[str, Counter[str]] = {}

    def vote(header: str, field: str, weight: int) -> None:
        if field in names and headers.key(header):
            votes.setdefault(headers.key(header), Counter())[field] += weight

    for field in of_kind:
        vote(field.name, field.name, 100)
        vote(field.title, field.name, 100)
    for name, words in _WORDS.items():
        for place, word in enumerate(words.split("|")):
            vote(word, name, 60 - place)
    for profile in BUILTIN:
        for name, candidates in profile.mapping.columns.items():
            for header in candidates:
                vote(header, name, 10 if profile.mapping.kind == kind else 1)
    return {header: [field for field, _ in counted.most_common()] for header, counted in votes.items()}


def _hits(row: Sequence[str], known: dict[str, list[str]]) -> int:
    return len({headers.key(cell) for cell in row if headers.key(cell) in known})


def _columns(names: Sequence[str], known: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    columns: dict[str, tuple[str, ...]] = {}
    for name in names:
        free = [field for field in known.get(headers.key(name), []) if field not in columns]
        if free and name.strip():
            columns[free[0]] = (name,)
    return columns


def _looks_like_words(rows: Sequence[Row]) -> bool:
    return bool(rows) and not any(any(letter.isdigit() for letter in cell) for cell in rows[0][1])


def _column(rows: Iterable[Sequence[str]], place: int) -> list[str]:
    return [text for row in rows if place < len(row) and (text := row[place].strip())]


def _read(reader: Callable[[str], str | None], texts: Iterable[str]) -> int:
    """How many of the texts can be read."""
    count = 0
    for text in texts:
        try:
            reader(text)
        except ValueError:
            continue
        count += 1
    return count


def _day_order(texts: Sequence[str], prefers: str) -> str:
    if not texts:
        return prefers
    return max(DAY_ORDERS, key=lambda order: (_read(cells.day_reader((order,)), texts), order == prefers))


def _decimal_mark(texts: Sequence[str]) -> str:
    return max((".", ","), key=lambda mark: (_read(cells.amount_reader(mark), texts), mark == "."))


def _meanings(kind: FileKind) -> dict[str, str]:
    own = fields.TYPES_OF[kind]
    if kind == FileKind.ORDERS:
        return _ORDER_WORDS | {name.replace("_", " "): name for name in own} | {name: name for name in own}
    built_in = (pair for profile in BUILTIN for pair in profile.mapping.types.items())
    meanings = {word.casefold(): meaning for word, meaning in built_in if word != "*"}
    plain = {name.replace("_", " "): name for name in own} | {name: name for name in own}
    return meanings | {"credit": "credit_note", "payment": "receipt"} | plain


def _types(words: Sequence[str], kind: FileKind) -> dict[str, str]:
    known = {word: meaning_of(word, kind) for word in dict.fromkeys(words)}
    return {word: meaning for word, meaning in known.items() if meaning}


def _has_two_forms(numbers: Sequence[str]) -> bool:
    """Whether some numbers come with leading zeros and others, of digits too, without."""
    digits = [number for number in numbers if number.isdigit()]
    with_zeros = sum(number.startswith("0") for number in digits)
    return 0 < with_zeros < len(digits)
