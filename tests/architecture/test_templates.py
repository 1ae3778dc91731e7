"""Four kinds of template, told by name: a page extends, a fragment has one root and names its context, an
answer only includes.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.house import TEMPLATES, named

VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
ONLY_INCLUDING = re.compile(
    r"{% *(include|load|with|if|elif|for) .*?%}|{% *(endwith|else|endif|endfor) *%}|<title>.*?</title>",
    flags=re.DOTALL,
)
FRAGMENTS = sorted(TEMPLATES.rglob("_*.html"))
WHOLE = sorted(
    path for path in TEMPLATES.rglob("*.html") if not path.name.startswith("_") and path.name != "base.html"
)


class Roots(HTMLParser):
    """Collects the elements that stand at the top, with their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.roots: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.roots.append((tag, dict(attrs).get("id")))
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in VOID


def _without_comments(text: str) -> str:
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


def _is_page(text: str) -> bool:
    return text.startswith(("{% extends", "<!doctype html>"))


def test_a_fragment_that_shows_something_names_its_context_first() -> None:
    nameless = []
    for path in FRAGMENTS:
        text = path.read_text("utf-8")
        head = "\n".join(text.splitlines()[:2])
        if "{{" in text and not re.match(r"({#|{% comment %}).*Context:", head, flags=re.DOTALL):
            nameless.append(named(path))

    assert nameless == []


def test_a_fragment_that_an_answer_sends_alone_has_one_root_with_an_id() -> None:
    """So that htmx finds what to replace. Pieces that only stand inside others need none."""
    answers = [
        text for path in WHOLE if not _is_page(text := _without_comments(path.read_text("utf-8")).strip())
    ]
    sent = {name for text in answers for name in re.findall(r"{% *include \"([^\"]+)\"", text)}
    rootless = []
    for name in sorted(sent - {path.name for path in TEMPLATES.glob("_frame_*.html")}):
        found = Roots()
        text = _without_comments((TEMPLATES / name).read_text("utf-8"))
        found.feed(re.sub(r"{%.*?%}", "", text, flags=re.DOTALL))
        if len(found.roots) != 1 or not found.roots[0][1]:
            rootless.append(f"{name}: {found.roots}")

    assert rootless == []


@pytest.mark.parametrize("path", WHOLE, ids=named)
def test_any_other_template_extends_a_page_or_only_includes(path: Path) -> None:
    text = _without_comments(path.read_text("utf-8")).strip()
    left = ONLY_INCLUDING.sub("", text).strip()

    assert _is_page(text) or left == ""


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=named)
def test_no_template_holds_script_or_style_in_line(path: Path) -> None:
    """The content security policy would refuse it."""
    text = _without_comments(path.read_text("utf-8"))

    assert not re.search(r"<style\b|\son[a-z]+=\"|\sstyle=\"", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_no_page_fills_a_block_that_nothing_shows() -> None:
    """What stands in such a block is never seen, and nobody is told."""
    blocks = re.compile(r"{% block (\w+)")
    texts = {path: path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    roots = {path: set(blocks.findall(text)) for path, text in texts.items() if "{% extends" not in text}
    known = set().union(*roots.values())
    lost = {
        named(path): found - known
        for path, text in texts.items()
        if "{% extends" in text and (found := set(blocks.findall(text))) - known
    }

    assert lost == {}
