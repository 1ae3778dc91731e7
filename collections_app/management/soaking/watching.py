"""What the product says of itself while something is away, and how soon everything is well again."""

import json
import random
import threading
import time
from collections.abc import Callable

from django.urls import reverse

from collections_app.lib.refusals import Refused
from collections_app.management.soaking.browser import Browser
from collections_app.management.soaking.desk import OK, Desk
from collections_app.management.soaking.filling import Filled
from collections_app.management.soaking.grounds import Grounds
from collections_app.management.soaking.journal import Journal
from collections_app.management.soaking.strikes import Strike
from collections_app.runtime import children, process

WELL_SECONDS_MAX = 180.0
_LOOK_SECONDS = 0.1
# Several processes answer, each with some threads: that so many in a row are well is no chance.
_WELL_ANSWERS = 2 * children.WEB_WORKERS


class Watch:
    """Looks with the eyes of a stranger, and of somebody who signs in once and stays."""

    def __init__(self, grounds: Grounds, journal: Journal, filled: Filled) -> None:
        self._grounds, self._journal = grounds, journal
        self._stranger = Browser(grounds.port)
        self._desk = Desk(Browser(grounds.port), filled, journal, random.Random(), threading.Event())

    def until_up(self) -> None:
        """The web server has started, and they sign in."""
        self._until(lambda: self._stranger.get(reverse("healthz")).status == OK)
        self._desk.sign_in(self._desk.filled.collectors[-1])

    def meanwhile(self, strike: Strike) -> None:
        """``strike.away`` is away: health says so in a sentence, and pages that can be answered are."""
        health = self._stranger.get(reverse("healthz"))
        if strike.away not in health.body:
            said = f"{health.status} {health.body[:200]!r}"
            self._journal.breach(f"While {strike.away} was away, /healthz said {said}.")
        page = self._desk.browser.get(self._desk.at("chase_list"))
        if page.status != OK and not (strike.may_fail and page.is_told):
            self._journal.breach(f"While {strike.away} was away, the chase list answered {page.status}.")

    def until_well(self) -> float:
        """How many seconds it takes until health is good, all processes run, and somebody's page comes."""
        began = time.monotonic()
        for _ in range(_WELL_ANSWERS):
            self._until(self._is_well)
        return time.monotonic() - began

    def _until(self, is_so: Callable[[], bool]) -> None:
        if not process.wait_until(is_so, seconds=WELL_SECONDS_MAX, pause=_LOOK_SECONDS):
            said = self._stranger.get(reverse("healthz")).body[:300]
            raise Refused.because("not_well", f"Not all is well after {WELL_SECONDS_MAX:.0f} s: {said}")

    def _is_well(self) -> bool:
        health = self._stranger.get(reverse("healthz"))
        if health.status != OK or json.loads(health.body)["degraded"]:
            return False
        page = self._desk.browser.get(self._desk.at("chase_list"))
        if page.leads_to_sign_in:
            self._journal.breach("Somebody who was signed in is not any more.")
        return page.status == OK and self._grounds.are_running()
