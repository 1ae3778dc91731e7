"""A page as it stands, looked at in light and in the dark, on screens from wide to narrow."""

from collections.abc import Collection, Iterable
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (1440, 820, 390, 320)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What is well is looked at, but not written down: the report of it took a fifth of the time.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "reporter": "no-passes"}
# In the dark nothing but the colours is different, and looking at everything takes long.
COLOURS = EVERYTHING | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
OVER = "document.documentElement.scrollWidth - window.innerWidth"


def violations(page: Page, options: dict[str, Any] = EVERYTHING) -> list[dict[str, Any]]:
    """What axe finds on the page, of any weight."""
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


def is_accessible(page: Page, options: dict[str, Any] = EVERYTHING) -> None:
    """Axe finds nothing at all."""
    found = violations(page, options)
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []


def too_wide(page: Page, widths: Iterable[int] = WIDTHS) -> list[str]:
    """The widths at which something sticks out of the page, and by how much; the last width stays."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        if (over := page.evaluate(OVER)) > 0:
            found.append(f"{over} pixels too wide at {width}")
    return found


def fits_and_is_accessible(page: Page, *, seen_at: Collection[int] = (1440, 390)) -> None:
    """In light and in the dark: nothing sticks out at any width, axe finds nothing at ``seen_at``."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            assert too_wide(page, [width]) == [], (page.url, scheme)
            if width in seen_at:
                is_accessible(page, EVERYTHING if scheme == "light" else COLOURS)
