"""The words of a page (HTML): what its reader sees, as lines of text; nothing of it is ever shown as a page.
Pure.

Quotations become lines that begin with ``>``, as in plain mails. Scripts, styles and what is hidden are left
out, and so is where a link leads: whoever reads a reply here presses nothing in it.
"""

import re
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_BREAKS = frozenset(
    {"address", "article", "br", "div", "dd", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"header", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_EMPTY = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)")
DEPTH_MAX = 500


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        # Open elements: name, and whether what is inside is not shown.
        self.open: list[tuple[str, bool]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS or tag == "blockquote":
            self.end_line()
        if tag == "td":
            self.line.append(" ")
        if tag in _EMPTY or len(self.open) >= DEPTH_MAX:
            return
        style = next((value or "" for name, value in attrs if name == "style"), "").casefold()
        is_silent = tag in _SILENT or bool(_HIDDEN.search(style[:2_000]))
        self.open.append((tag, is_silent))
        self.silent += is_silent
        self.quotes += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS or tag == "blockquote":
            self.end_line()
        if tag == "p":
            self.end_line(empty=True)
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, was_silent = self.open.pop()
            self.silent -= was_silent
            self.quotes -= name == "blockquote"
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.line.append(re.sub(r"\s+", " ", data))

    def end_line(self, *, empty: bool = False) -> None:
        said = "".join(self.line).strip()
        self.line = []
        if said or (empty and self.lines and self.lines[-1].strip("> ")):
            self.lines.append(f"{'> ' * min(self.quotes, 3)}{said}")


def text_of(page: str) -> str:
    """What a reader of ``page`` sees, as text."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines).strip()
