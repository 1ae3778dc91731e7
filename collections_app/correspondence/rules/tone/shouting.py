"""T05 and T06: capitals and exclamation marks that shout."""

import re
from collections.abc import Iterator

from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import set_of
from collections_app.correspondence.rules.tone.shapes import Hit, Severity
from collections_app.lib import iso_codes

# Short forms that everybody writes in capitals.
USUAL = set_of(
    "ABN AG AM AP AR AT AW BACS BAN BBC BE BIC BST BTW BV CC CEO CET CFO CH CHAPS CIF CN CO COO CVR DAP "
    "DDP DE DHL DN DPD EDI EIN EORI ERP ES EU EXW FAO FAQ FOB FR FW FWD GB GLN GLS GMBH GMT GST GTIN HQ "
    "HR HRB IBAN ID IE IGIC INC INCOTERMS INV ISO IT IVA KG KVK LLC LLP LTD LU MWST NHS NIF NL NV OHG OK "
    "PDF PEPPOL PIN PLC PM PO POD PR QA RE RIB RSIN SA SAP SARL SAS SE SEPA SIREN SIRET SKU SL SLU SO SRL "
    "SWIFT TNT TOTAL TR TVA UBL UK UPS URL US USA UST USTIDNR UTC VAT WG"
)
_CAPITALS = re.compile(r"(?<![\w/#@.-])[A-ZÀ-ÖØ-Þ]{2,}(?:'[A-ZÀ-ÖØ-Þ]+)?(?![\w@])(?![-/]\w)")
_MARKS = re.compile(r"[!¡]*!+|\?{2,}|\.{4,}|…{2,}|[?!]{2,}")
_LONG = 6
_WORD = 4


def capitals(case: Case) -> Iterator[Hit]:
    """T05: two words in capitals, or one of six letters; each run of them once."""
    runs: list[list[re.Match[str]]] = []
    for found in _CAPITALS.finditer(case.reading.even):
        if not _is_usual(case, found):
            close = runs and case.reading.even[runs[-1][-1].end() : found.start()].strip(" ,-–") == ""
            runs[-1].append(found) if close else runs.append([found])
    lengths = [len(one.group()) for run in runs for one in run]
    shouted = (len(lengths) > 1 and max(lengths) >= _WORD) or any(length >= _LONG for length in lengths)
    for run in runs if shouted else ():
        start, end = run[0].start(), run[-1].end()
        words = case.reading.text[start:end]
        sentence = f"“{words}” in capitals reads like shouting."
        yield case.hit("T05", Severity.WARN, start, words, sentence, _softer(case, words))


def _softer(case: Case, words: str) -> str:
    # Small letters alone make no good advice of what a list would tell next.
    is_told = any(pattern.search(words.lower()) for pattern, _ in case.vocabulary.advised.values())
    return (
        "Leave it out; a plain sentence in small letters says it better."
        if is_told
        else f"“{words.capitalize()}”"
    )


def marks(case: Case) -> Iterator[Hit]:
    """T06: exclamation marks, and marks that are doubled."""
    for found in _MARKS.finditer(case.reading.even):
        if case.reading.is_quoted(found.start()):
            continue
        words = found.group()
        sentence = f"“{words}” sounds louder than it was meant."
        instead = "?" if "?" in words else "."
        yield case.hit("T06", Severity.WARN, found.start(), words, sentence, f"“{instead}”")


def _is_usual(case: Case, found: re.Match[str]) -> bool:
    word = found.group()
    return (
        word in USUAL
        or word in case.vocabulary.capitals
        or iso_codes.is_currency(word)
        or case.is_named(*found.span())
        or case.reading.is_quoted(found.start())
        # "INV 1042", "4B MRS": signs of a number or of a bank.
        or case.reading.even[found.end() : found.end() + 2].strip()[:1].isdigit()
        or case.reading.even[max(0, found.start() - 2) : found.start()].strip()[-1:].isdigit()
    )
