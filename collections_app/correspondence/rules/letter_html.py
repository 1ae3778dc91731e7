"""The HTML of a letter: made of its words, or what somebody wrote, kept to what mail programs show. Pure.

No colours, no pictures, no links that hide where they lead: a reader's dark background stays theirs, and
nothing tells us who opened it.
"""

import re
from html import escape
from html.parser import HTMLParser

from collections_app.lib.refusals import Problem

TAGS = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "br",
        "center",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "small",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
)
ATTRIBUTES = frozenset(
    [
        "align",
        "border",
        "cellpadding",
        "cellspacing",
        "colspan",
        "dir",
        "href",
        "lang",
        "role",
        "rowspan",
        "scope",
        "style",
        "title",
        "valign",
        "width",
    ]
)
_LINKS = ("https://", "mailto:", "tel:")
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;">
<div style="max-width:640px;overflow-wrap:break-word;">
{inside}
</div>
</body>
</html>
"""
_P = '<p style="margin:0 0 16px 0;">'
_UL = '<ul style="margin:0 0 16px 0;padding-left:24px;">'


def page(inside: str, *, title: str, language: str) -> str:
    """A whole page around the HTML of a letter."""
    return _PAGE.format(inside=inside, title=escape(title), language=escape(language))


def of_text(text: str, *, items: str, slot: str) -> str:
    """The words as HTML: paragraphs, lists of lines that begin with a dash, and the table at its ``slot``."""
    pieces = []
    for place, piece in enumerate(text.split(slot)):
        if place:
            pieces.append(items)
        for block in re.split(r"\n\n+", piece.strip("\n")):
            pieces += _block(block)
    return "\n".join(pieces)


def _block(block: str) -> list[str]:
    """A paragraph, or a heading line and the list below it."""
    if not block.strip():
        return []
    plain = [line for line in block.splitlines() if not line.startswith("- ")]
    points = [line[2:] for line in block.splitlines() if line.startswith("- ")]
    found = [f"{_P}{'<br>'.join(escape(line) for line in plain)}</p>"] if plain else []
    if points:
        listed = "".join(f"<li>{escape(point)}</li>" for point in points)
        found.append(f"{_UL}{listed}</ul>")
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Problem] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._tell(f"<{tag}> is not shown by mail programs, or not allowed in a letter.")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self._tell(f"“{name}” is not allowed on <{tag}>.")
            if name == "href" and not (value or "").strip().lower().startswith(_LINKS):
                self._tell("A link begins with https://, mailto: or tel:.")
            if name == "style" and re.search(r"url\s*\(|expression|@import", value or "", re.IGNORECASE):
                self._tell("A style loads nothing from elsewhere.")

    def handle_decl(self, decl: str) -> None:
        self._tell("Leave out the frame of the page; it is put around your HTML.")

    def _tell(self, sentence: str) -> None:
        self.found.append(Problem("html", f"HTML, line {self.getpos()[0]}: {sentence}"))


def problems_of(html: str) -> list[Problem]:
    """What in HTML that somebody wrote is not for a letter; empty when nothing is."""
    reader = _Reader()
    reader.feed(re.sub(r"\{%.*?%\}", "", html, flags=re.DOTALL))
    reader.close()
    return reader.found
