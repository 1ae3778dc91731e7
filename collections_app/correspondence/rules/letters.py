"""Writing a letter: a template and the values of one customer become a subject, a text and HTML. Pure.

The HTML is made of the same words, once, so that the two can never say different things; a template may bring
HTML of its own instead. Compile once, render for many.
"""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from collections_app.correspondence.rules import letter_html, letter_items, liquid, writing
from collections_app.correspondence.rules.letter_documents import SHAPE
from collections_app.correspondence.rules.letter_texts import ITEMS_SLOT, texts_of
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.liquid import Fault
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.lib.refusals import Problem

PARTS = {"subject": "Subject", "body": "Words", "html": "HTML"}


@dataclass(frozen=True, slots=True)
class Words:
    """A template as somebody wrote it. Without ``html``, that is made of the words."""

    subject: str
    body: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template that was read. ``number`` is its version in its company; None for the one we bring along."""

    purpose: Purpose
    language: str
    subject: liquid.Template
    body: liquid.Template
    html: liquid.Template | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready to send: one line, plain text with line feeds, and a whole page of HTML. ``words`` is
    the text with a sign in the place of its table; ``own_html`` is what a template wrote itself.
    """

    subject: str
    text: str
    html: str
    words: str = ""
    own_html: str = ""


class Unwritten(Exception):
    """A letter that cannot be written: in which part, on which line, and why."""

    def __init__(self, part: str, fault: Fault) -> None:
        where = PARTS[part] if fault.line is None else f"{PARTS[part]}, line {fault.line}"
        super().__init__(f"{where}: {fault.sentence}")
        self.part, self.line, self.sentence = part, fault.line, fault.sentence


def compiled(words: Words, *, purpose: Purpose, language: str, number: int | None = None) -> Compiled:
    """Read all parts of a template. Raises ``Unwritten`` with the first fault."""
    return Compiled(
        purpose=purpose,
        language=language,
        subject=_read("subject", words.subject),
        body=_read("body", words.body),
        html=_read("html", words.html, escaped=True) if words.html.strip() else None,
        number=number,
    )


def problems_of(words: Words) -> list[Problem]:
    """Everything that speaks against a template by itself, before any customer is looked at."""
    found = []
    for part, source in (("subject", words.subject), ("body", words.body), ("html", words.html)):
        if not source.strip():
            if part != "html":
                found.append(Problem(part, f"{PARTS[part]}: a letter needs this."))
            continue
        try:
            _read(part, source, escaped=part == "html")
        except Unwritten as fault:
            found.append(Problem(part, str(fault)))
    if "\n" in words.subject.strip():
        found.append(Problem("subject", "Subject: keep it on one line."))
    return [*found, *letter_html.problems_of(words.html)]


def render(template: Compiled, *, values: LetterValues) -> Rendered:
    """The letter of ``template`` to one customer. Raises ``Unwritten`` with the part, the line and why."""
    texts = texts_of(values)
    subject, body = _written(template, texts)
    text = body.replace(ITEMS_SLOT, letter_items.text_of(values))
    items = letter_items.html_of(values)
    if template.html is None:
        inside, own = letter_html.of_text(body, items=items, slot=ITEMS_SLOT), ""
    else:
        inside = _write("html", template.html, {**texts, "items": Markup(items) if values.tables else None})
        own = inside
    page = letter_html.page(inside, title=subject, language=template.language)
    return Rendered(subject, text + "\n", page, words=body, own_html=own)


def _written(template: Compiled, texts: dict[str, Any]) -> tuple[str, str]:
    """Subject and words, the table left out: what can go wrong with a customer goes wrong here."""
    subject = writing.one_line(_write("subject", template.subject, texts))
    body = _tidied(_write("body", template.body, texts))
    _refuse_odd(subject, body)
    return subject, body


def _read(part: str, source: str, *, escaped: bool = False) -> liquid.Template:
    try:
        return liquid.read(source, shape=SHAPE, escaped=escaped)
    except Fault as fault:
        raise Unwritten(part, fault) from None


def _write(part: str, template: liquid.Template, texts: dict[str, Any]) -> str:
    try:
        return liquid.write(template, texts)
    except Fault as fault:
        raise Unwritten(part, fault) from None


def _refuse_odd(subject: str, body: str) -> None:
    if not subject:
        raise Unwritten("subject", Fault("Nothing is left of the subject."))
    if len(subject) > writing.SUBJECT_LETTERS_MAX:
        raise Unwritten(
            "subject", Fault(f"The subject becomes longer than {writing.SUBJECT_LETTERS_MAX} letters.")
        )
    if not body.replace(ITEMS_SLOT, "").strip():
        raise Unwritten("body", Fault("Nothing is left of the words."))


def _tidied(text: str) -> str:
    """Without spaces at the ends of lines, and never two empty lines in a row: a condition that writes
    nothing leaves no hole.
    """
    lines = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
