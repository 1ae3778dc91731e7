"""M05 to M09 and S02: what a good message has, besides the facts of the ledger."""

import re
import unicodedata
from collections.abc import Iterator

from collections_app.correspondence.rules import writing
from collections_app.correspondence.rules.tone.cases import Case
from collections_app.correspondence.rules.tone.lists import Cue
from collections_app.correspondence.rules.tone.reading import Sentence, words_in
from collections_app.correspondence.rules.tone.shapes import Hit, Purpose, Severity, Stage

_PHONE = re.compile(r"(?<![\w/.-])(?:\+|\(?0)\d?[\d ()/.-]{6,20}\d(?![\w-])")
# Numbers that begin with neither: 91 555 01 50, 312-555-0143. Nine figures at least, so that no day is one.
_GROUPS = re.compile(r"(?<![\w/.,-])\d{2,3}[ .-]\d{2,4}[ .-]\d{2,4}(?:[ .-]\d{2,4})?(?![\w,/-])")
_PHONE_FIGURES = 9
_ADDRESS = re.compile(r"(?<![^\s@<>,;:()])[^\s@<>,;:()]+@[^\s@<>,;:()]+\.\w+")
_NAME = re.compile(
    r"(?<!\w)[A-ZÀ-Þ][\w'.-]*(?: (?:van|de|der|den|von|zu|du|di|la|le|el|ter|ten))* [A-ZÀ-Þ][\w'-]+"
)
_FIELDS = (
    "(?:name|date|amount|number|invoice|company|datum|betrag|bedrag|naam|nom|montant|nombre|importe|fecha)"
)
_PLACEHOLDER = re.compile(
    r"\$?\{\{?[^{}\n]{0,80}\}\}?|\{%[^%\n]{0,80}%\}|<<[^<>\n]{1,60}>>"
    r"|%\(\w+\)s|%[sd]\b|\bX{3,}\b|\bTB[CD]\b|\blorem ipsum\b"
    rf"|\[[\w ]{{0,40}}{_FIELDS}[\w ]{{0,40}}\]|<[\w ]{{0,40}}{_FIELDS}[\w ]{{0,40}}>",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"null", "none", "undefined", "nan", "nil", "n/a", "firstname", "first name", "name", "unknown", "test"}
)
_LAST_LINES = 8
# “We will answer by Friday” asks nothing; what we would like, further on, may.
_OURS_REACH = 30


def person(case: Case) -> Iterator[Hit]:
    """M05: a person with a telephone number or an address to answer to."""
    even = case.reading.even[case.reading.body_at :]
    last = "\n".join([line for line in even.splitlines() if line.strip()][-_LAST_LINES:])
    is_named = _NAME.search(last) is not None
    can_answer = (
        _has_a_phone(even) or _ADDRESS.search(even) or case.vocabulary.says(Cue.REPLY, case.reading.low)
    )
    if case.draft.purpose == Purpose.REMINDER and not (is_named and can_answer):
        yield case.missing(
            "M05",
            Severity.WARN,
            "No person is named with a telephone number or an address.",
            "End with your name, telephone number and hours.",
        )


def _has_a_phone(even: str) -> bool:
    return _PHONE.search(even) is not None or any(
        sum(mark.isdigit() for mark in found.group()) >= _PHONE_FIGURES for found in _GROUPS.finditer(even)
    )


def request(case: Case) -> Iterator[Hit]:
    """M06: one question or request, with a day that is not the due one."""
    if case.draft.purpose == Purpose.REMINDER and not any(
        _asks_with_a_day(case, one) for one in case.reading.sentences if one.start >= case.reading.body_at
    ):
        yield case.missing(
            "M06",
            Severity.WARN,
            "Nothing is asked with a day in it, so the reader does not know what to do by when.",
            "Ask one thing: “Could you tell me the payment date by 26 March?”",
        )


def _asks_with_a_day(case: Case, sentence: Sentence) -> bool:
    low = case.reading.low_of(sentence)
    asks = case.vocabulary.says(Cue.ASK, low) or low.rstrip().endswith("?")
    days = [day for day in case.days_of(sentence) if not case.follows_due(day)]
    if asks and (days or case.vocabulary.weekday.search(low) or case.vocabulary.says(Cue.WITHIN, low)):
        return True
    if days and case.draft.stage.rank >= Stage.FINAL.rank and case.vocabulary.says(Cue.IF, low):
        return True  # “If it has not arrived on 10 April, …” asks for it.
    return any(
        not case.vocabulary.says(Cue.OURS, low[max(0, by.start() - _OURS_REACH) : by.start()])
        for by in case.vocabulary.cues[Cue.BY].finditer(low)
        if days or not case.days_of(sentence)
    )


def door(case: Case) -> Iterator[Hit]:
    """M07: a door that stays open."""
    if case.draft.purpose == Purpose.REMINDER and not case.vocabulary.says(Cue.DOOR, case.reading.low):
        yield case.missing(
            "M07",
            Severity.WARN,
            "It leaves no door open for who has paid already, has a question or needs help.",
            "Add “If you have already paid, or something is not right, let me know.”",
        )


def attachments(case: Case) -> Iterator[Hit]:
    """M08: what the words say is attached is there, and is this customer's."""
    if case.facts is None:
        return
    for one in case.facts.attachments:
        if not one.is_theirs:
            yield case.missing(
                "M08",
                Severity.BLOCK,
                f"The file “{one.name}” belongs to another customer.",
                "Take it off, and attach this customer's own.",
            )
    if case.facts.attachments:
        return
    for found in case.vocabulary.cues[Cue.ATTACHED].finditer(case.reading.low):
        sentence = case.reading.low_of(case.reading.sentence_at(found.start()))
        if not case.reading.is_quoted(found.start()) and not case.vocabulary.says(Cue.NOT_ATTACHED, sentence):
            words = case.reading.text[found.start() : found.end()]
            said = f"It says “{words}”, and no file goes with it."
            yield case.hit("M08", Severity.WARN, found.start(), words, said, "Attach the copy.")
            return


def placeholders(case: Case) -> Iterator[Hit]:
    """M09: gaps that nobody filled."""
    for found in _PLACEHOLDER.finditer(case.reading.even):
        if found.group() != writing.LINK_SLOT and not case.is_named(*found.span()):
            said = f"“{found.group()}” is a gap that was not filled."
            yield case.hit("M09", Severity.BLOCK, found.start(), found.group(), said, "Fill it in.")


def greeting(case: Case) -> Iterator[Hit]:
    """M09 and S02: whom the greeting names."""
    body = case.reading.low[case.reading.body_at :]
    opened = next(iter(re.finditer(r"\S", body)), None)
    if opened is None:
        return
    line = body[opened.start() :].partition("\n")[0].rstrip(" ,:.")
    if case.vocabulary.impersonal.fullmatch(line):
        yield from _impersonal(case, case.reading.body_at + opened.start(), line)
        return
    found = case.vocabulary.greeting.match(body, opened.start())
    if found is None:
        return
    who = found["who"].strip(" .")
    start = case.reading.body_at + found.start("who") + len(found["who"]) - len(found["who"].lstrip())
    if case.vocabulary.impersonal.fullmatch(who):
        yield from _impersonal(case, start, who)
        return
    titles = case.vocabulary.titles
    names = [_plain(one) for one in words_in(who) if one.rstrip(".") not in titles]
    if who in _NOBODY or (set(names) & _NOBODY and len(names) < 3):
        yield case.hit("M09", Severity.BLOCK, start, who, "The greeting has a gap for a name.", "Fill it in.")
    elif names and not case.vocabulary.several.fullmatch(who) and _is_strange(case, names):
        words, known = (
            case.reading.text[start : start + len(who)],
            case.facts.contact_name if case.facts else "",
        )
        said = f"It greets “{words}”, and goes to {known}."
        yield case.hit("M09", Severity.BLOCK, start, who, said, f"“{known}”")
    elif not who and case.vocabulary.needs_name.fullmatch(found["how"]):
        how = case.reading.body_at + found.start("how")
        said = "The greeting has no name."
        yield case.hit("M09", Severity.BLOCK, how, found["how"], said, "Add the name.")


def _impersonal(case: Case, start: int, who: str) -> Iterator[Hit]:
    if case.facts is None or case.facts.contact_name:
        words = case.reading.text[start : start + len(who)]
        known = case.facts.contact_name if case.facts else ""
        advice = f"“{known}”" if known else "Use the contact's name."
        yield case.hit("S02", Severity.WARN, start, who, f"“{words}” greets nobody in particular.", advice)


def _is_strange(case: Case, names: list[str]) -> bool:
    if case.facts is None or not case.facts.contact_name:
        return False
    known = {_plain(one) for name in (case.facts.contact_name, *case.facts.names) for one in words_in(name)}
    return not known & set(names)


def _plain(name: str) -> str:
    """A name as it is compared: no capitals, no accents."""
    return "".join(
        mark for mark in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(mark)
    )
