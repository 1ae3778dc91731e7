"""How a test waits for a browser, in one spelling: for what a deed needs, never for a length of time."""

import datetime as dt
import functools
import os
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

# BROWSER_SLOWDOWN=6 makes every tab six times as slow, to find tests that pass only when all goes fast.
SLOWDOWN = int(os.environ.get("BROWSER_SLOWDOWN", "1"))

# How long anything may take before a test fails, on a machine that does other things for a while.
PATIENCE_MS = 60_000
PATIENCE_SECONDS = PATIENCE_MS / 1000

# A day and a time have several stops each.
TABS_MAX = 60

HALF_IN_PLACE = ".htmx-swapping, .htmx-settling, .htmx-added"
ON_THE_WAY = f".htmx-request, {HALF_IN_PLACE}"


def ready(page: Page) -> None:
    """The page is all there and its scripts run, and no answer is on its way or half in place."""
    page.wait_for_load_state("load")
    expect(page.locator(ON_THE_WAY)).to_have_count(0)


# What somebody does with a hand or a finger. They see the page as it stands, and it listens by then.
HANDS = (
    "check",
    "click",
    "fill",
    "press",
    "press_sequentially",
    "select_option",
    "set_input_files",
    "uncheck",
)


def be_patient(patch: pytest.MonkeyPatch) -> None:
    """From now on no hand is faster than the scripts of the page that it touches: between what is seen and
    what listens lies a moment, which on a slow machine is long enough for a test and for nobody else.
    """
    for hand in HANDS:
        patch.setattr(Locator, hand, _once_it_listens(getattr(Locator, hand)))


def _once_it_listens(hand: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(hand)
    def patient(locator: Locator, *args: Any, **options: Any) -> Any:
        locator.page.wait_for_load_state("load")
        expect(locator.page.locator(HALF_IN_PLACE)).to_have_count(0)
        return hand(locator, *args, **options)

    return patient


def press(page: Page, *keys: str) -> None:
    """Press keys one after another, as somebody does who sees the page as it stands."""
    ready(page)
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, sequence: str) -> None:
    """Press a sequence such as "gl" in one go: its keys belong together only for a moment."""
    ready(page)
    page.keyboard.type(sequence)


def choose(field: Locator, words: str) -> None:
    """Choose by the arrow key. Typing words would depend on how fast their letters follow each other."""
    place = field.locator("option").all_inner_texts().index(words)
    field.focus()
    for _ in range(place - field.evaluate("field => field.selectedIndex")):
        field.press("ArrowDown")
    expect(field.locator("option:checked")).to_have_text(words)


def arrow_to(page: Page, words: str) -> None:
    """Choose by the arrow key in the list that has the focus."""
    choose(page.locator("select:focus"), words)


def tab_to(page: Page, field: Locator) -> None:
    """Go on by Tab until ``field`` has the focus."""
    for _ in range(TABS_MAX):
        if field.evaluate("field => field === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(field).to_be_focused()


def type_day(page: Page, day: dt.date) -> None:
    """Type a day into the field that has the focus, in whichever order this browser asks for its parts."""
    field = page.locator("input[type=date]:focus")
    for order in ("%m%d%Y", "%d%m%Y", "%Y%m%d"):
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        page.keyboard.type(f"{day:{order}}")
        if field.input_value() == day.isoformat():
            return
    expect(field).to_have_value(day.isoformat())


def come_in_without(page: Page, script: str, address: str) -> list[Route]:
    """Go to ``address``, whose ``script`` is held back until somebody lets it go on."""
    held: list[Route] = []
    page.route(f"**/{script}", lambda route: held.append(route))
    with page.expect_request(f"**/{script}"):
        page.goto(address, wait_until="commit")
    return held


def let_go(page: Page, held: list[Route]) -> None:
    """Asked for it was; that it is held is told a moment later."""
    while not held:
        page.evaluate("1")
    held.pop().continue_()


# What somebody would see who looked over one's shoulder: what was said, what waits, who has the focus.
SEEN = """() => ({
  title: document.title, state: document.readyState,
  heading: document.querySelector("h1")?.innerText, toasts: document.getElementById("toasts")?.innerText,
  waits: [...document.querySelectorAll(".htmx-request")].map(each => each.id || each.outerHTML.slice(0, 200)),
  focus: document.activeElement?.outerHTML.slice(0, 200),
  dialog: document.querySelector("dialog[open]")?.innerText,
})"""


def seen(tab: Page) -> str:
    """What a tab shows, in one line; for the report of a test that failed."""
    try:
        return f"{tab.url} {tab.evaluate(SEEN)}"
    except Error as error:
        return f"{tab.url} answers no more: {error}"


def slow_down(tab: Page) -> None:
    """As slow as BROWSER_SLOWDOWN says."""
    if SLOWDOWN > 1:
        tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})


def wait_for_the_server(address: str) -> None:
    """Until the server at ``address`` has done with every request of tabs that are closed by now.

    What it still does would meet the next test's tables. It takes requests in turn, so one more tells that it
    has taken all before; each has a thread of its own until it is answered.
    """
    with urllib.request.urlopen(f"{address}/static/js/keys.js", timeout=PATIENCE_SECONDS) as answer:
        answer.read()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            _join(thread)


def _join(thread: threading.Thread) -> None:
    """Until it has ended, also one that is listed and has not begun: that cannot be joined yet."""
    until = time.monotonic() + PATIENCE_SECONDS
    while thread.ident is None and time.monotonic() < until:
        time.sleep(0.01)
    thread.join(timeout=PATIENCE_SECONDS)
