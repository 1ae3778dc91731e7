"""Tabs of a real browser: whoever is signed in there, and everything that went wrong on their consoles."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from collections_app.people.users import User
from tests import browsing

# A refusal answers with 4xx, which Chromium and htmx put on the console; what it says is the test's business.
REFUSALS = (
    "Failed to load resource: the server responded with a status of 4",
    "Response Status Error Code 4",
)
# Whoever goes on to another page leaves behind what the old one still asked for; htmx calls that an error.
# It says the same of a question whose place a newer one takes. A server that breaks is heard by its answer.
LEFT_BEHIND = ("htmx:sendError", "htmx:sendAbort", "htmx:afterRequest")
# A test that cuts the connection lets its tabs bear these.
CUT_OFF = ("Failed to load resource: net::ERR_INTERNET_DISCONNECTED",)


class Tabs:
    """Opens tabs, each in a browser of its own; ``wrong`` gathers what none of them may show, but what begins
    as ``bears`` says.
    """

    def __init__(self, chrome: Browser, address: str) -> None:
        self.chrome = chrome
        self.address = address
        self.wrong: list[str] = []
        self.bears: tuple[str, ...] = REFUSALS + LEFT_BEHIND
        self._contexts: list[BrowserContext] = []

    def open(self, user: User | None = None, *, width: int = 1440, **options: Any) -> Page:
        """A tab in which ``user`` is signed in, or nobody."""
        viewport = ViewportSize(width=width, height=900)
        context = self.chrome.new_context(
            base_url=self.address, viewport=viewport, reduced_motion="reduce", **options
        )
        self._contexts.append(context)
        context.on("page", browsing.slow_down)
        context.set_default_timeout(browsing.PATIENCE_MS)
        tab = context.new_page()
        tab.on("pageerror", lambda error: self.wrong.append(f"{tab.url}: {error}"))
        tab.on("console", lambda line: self._heard(tab, line))
        tab.on("response", self._answered)
        if user is not None:
            enter(tab, user, self.address)
        return tab

    def seen(self) -> list[str]:
        """What each open tab shows."""
        return [browsing.seen(tab) for context in self._contexts for tab in context.pages]

    def close(self) -> None:
        """Close all of them, and wait until the server has done what they asked of it."""
        for context in self._contexts:
            context.close()
        browsing.wait_for_the_server(self.address)

    def _heard(self, tab: Page, line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith(self.bears):
            self.wrong.append(f"{tab.url}: {line.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.wrong.append(f"{response.status} {response.request.method} {response.url}")


def enter(tab: Page, user: User, address: str) -> None:
    """Be ``user`` in ``tab`` from now on, past the sign-in page."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["workbench_session"]
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
