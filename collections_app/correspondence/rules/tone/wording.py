"""The rules that lists of phrases tell: T01 to T04, T07 to T10, T14, S07 and R02."""

import re
from collections.abc import Iterator

from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue, set_of
from collections_app.correspondence.rules.tone.shapes import Hit, Severity, Stage

SENTENCES = {
    "T01": "“{words}” speaks of courts or collectors, which has no place before the final notice.",
    "T02": "“{words}” reads like a threat; people stop reading there and start defending themselves.",
    "T03": "“{words}” can be read as mockery, even when it was not meant so.",
    "T04": "“{words}” blames the reader; they may well have a reason that we do not know yet.",
    "T07": "“{words}” presses without saying by when.",
    "T08": "“{words}” puts a label on somebody whom we want to keep as a customer.",
    "T09": "“{words}” appeals to guilt; a plain fact is kinder and works better.",
    "T10": "“{words}” touches a personal matter, or is hearsay; that does not belong in a message.",
    "T14": "“{words}” comes too early: at this stage nothing has gone wrong yet.",
    "S07": "“{words}” sells something, and a message about payment may not.",
    "R02": "“{words}” is jargon that slows the reader down.",
}
BLOCKS = frozenset({"T01", "T02", "T03", "T10", "S07"})
# The stages at which a rule says nothing.
SILENT = {
    "T01": frozenset({Stage.FINAL, Stage.LBA}),
    "T07": frozenset({Stage.R3, Stage.FINAL, Stage.LBA}),
    "T14": frozenset(Stage) - {Stage.COURTESY, Stage.DUE},
}
# What follows a name that happens to hold a word of a list: Court Road, Urgent Couriers Ltd.
_NAME_ENDS = re.compile(
    r"(?:\s+(?:&\s+)?[A-ZÀ-Þ][\w'-]*){0,3}\s+(?:Ltd|Limited|LLP|PLC|plc|Inc|LLC|GmbH|AG|KG|UG|SE|OHG|BV|B\.V|NV|N\.V"
    r"|SA|S\.A|SAS|SARL|SRL|SL|S\.L|SLU|Road|Rd|Street|St|Avenue|Ave|Lane|Close|House|Farm|Park|Square)\b"
)
_STREET = re.compile(r"(?:stra(?:ß|ss)e|straat|laan|weg|platz|gasse|plein)\b")
_CAPITAL_AFTER = re.compile(r"\s+(?:&\s+)?[A-ZÀ-Þ][\w'-]+")
_CAPITAL_BEFORE = re.compile(r"([A-ZÀ-Þ][\w']+)(?:\s+&)?\s+$")
_STREET_BEFORE = re.compile(
    r"(?:rue|avenue|boulevard|place|calle|avenida|plaza|paseo|c/)\s+(?:de\s+la\s+|de\s+|du\s+|des\s+|del\s+)?$",
    re.IGNORECASE,
)
# Capitals before a court that is one.
_REAL_COURTS = set_of(
    "The County High Crown Supreme Claims Magistrates A Our This Your We No Tribunal Any From Dear Hello"
)
_OURS_REACH = 70


def hits(case: Case) -> Iterator[Hit]:
    """Every phrase of a list, with what to write instead. Words that block are not warned of besides."""
    blocked: list[tuple[int, int]] = []
    for rule in sorted(case.vocabulary.advised, key=lambda rule: (rule not in BLOCKS, rule)):
        if case.draft.stage in SILENT.get(rule, ()):
            continue
        pattern, instead = case.vocabulary.advised[rule]
        for found in pattern.finditer(case.reading.low):
            start, end = found.span()
            severity = _severity(rule, case, found)
            if severity is None:
                continue
            if severity == Severity.BLOCK:
                blocked.append((start, end))
            elif any(first < end and start < last for first, last in blocked):
                continue
            said = SENTENCES[rule].format(words=case.reading.text[start:end])
            yield case.hit(rule, severity, start, found.group(), said, instead)


def _severity(rule: str, case: Case, found: re.Match[str]) -> Severity | None:
    start, end = found.span()
    if case.is_named(start, end) or case.reading.is_replied(start) or is_name(case, start, end):
        return None
    if case.is_ordinary(rule, start, end):
        return None
    if rule == "T07" and _is_our_haste(case, start):
        return None
    blocks = rule in BLOCKS or (rule == "T04" and case.draft.stage == Stage.R1)
    if case.reading.is_quoted(start):
        return Severity.WARN if blocks else None
    return Severity.BLOCK if blocks else Severity.WARN


def is_name(case: Case, start: int, end: int) -> bool:
    """Whether capitals around the words show that they belong to a name, such as Court Road."""
    even = case.reading.even
    if not even[start].isupper() or even[start:end].isupper():
        return False
    ahead = even[end : end + 60]
    if (
        _NAME_ENDS.match(ahead)
        or _STREET.match(ahead)
        or _STREET_BEFORE.search(even[max(0, start - 25) : start])
    ):
        return True
    if case.vocabulary.language == "de":
        return False
    sentence = case.reading.sentence_at(start)
    if start == sentence.start:
        return False
    before = _CAPITAL_BEFORE.search(even[sentence.start : start])
    if before and before[1] not in _REAL_COURTS and not before[1].isupper():
        return before.start(1) > 0 or even[end : end + 1] in (",", "\n")
    return _CAPITAL_AFTER.match(ahead) is not None and " " not in even[start:end]


def _is_our_haste(case: Case, start: int) -> bool:
    """“I will send it straight away” hurries nobody but us."""
    sentence = case.reading.sentence_at(start)
    before = case.reading.low[max(sentence.start, start - _OURS_REACH) : start]
    ours = list(case.vocabulary.cues[Cue.OURS].finditer(before))
    if any(pattern.search(before) for pattern in case.vocabulary.actions.values()):
        return False
    return bool(ours) and not case.vocabulary.says(Cue.ASK, before[ours[-1].end() :])
