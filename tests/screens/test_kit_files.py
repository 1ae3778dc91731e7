"""The files of the front end: what was taken from others is what it was, and nothing needs inline code."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text("utf-8"))["files"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPT_LINES_MAX = 80


@pytest.mark.parametrize("entry", MANIFEST, ids=[entry["path"] for entry in MANIFEST])
def test_a_vendored_file_is_what_the_manifest_says(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
    assert all(entry[fact] for fact in ("name", "version", "licence"))


def test_every_vendored_file_is_in_the_manifest() -> None:
    own = {"MANIFEST.json", ".gitattributes"}
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert found - own == {entry["path"] for entry in MANIFEST}


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.name for path in TEMPLATES])
def test_a_template_has_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:|hx-vals=.js:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(src|href)=\"https?://", text)


@pytest.mark.parametrize("path", sorted((ROOT / "static" / "js").glob("*.js")), ids=lambda path: path.name)
def test_a_script_is_one_short_behaviour_and_is_loaded(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= SCRIPT_LINES_MAX
    assert any(f"js/{path.name}" in template.read_text("utf-8") for template in TEMPLATES)


def test_every_icon_that_is_asked_for_is_there() -> None:
    sprite = (VENDOR / "tabler-icons" / "sprite.svg").read_text("utf-8")
    asked = {
        name for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)" %}', path.read_text("utf-8"))
    }
    assert not [name for name in asked if f'<symbol id="{name}"' not in sprite]
