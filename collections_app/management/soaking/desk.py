"""Somebody's desk: how they read a page and send a form, and what they do when it fails.

A form that failed is sent again as it is, where the product promises that twice has one effect; what it
promises no such thing of is sent once.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from django.urls import reverse

from collections_app.management.soaking.browser import BROKE, Answer, Browser
from collections_app.management.soaking.filling import PASSWORD, Filled
from collections_app.management.soaking.journal import Act, Journal, Verdict
from collections_app.management.soaking.pages import Form, form_of

# Longer than anything that was struck is away.
TRIES_MAX = 240
PAUSE_SECONDS = 0.5
OK, UNPROCESSABLE = 200, 422
# A form that came back is looked at and saved so often.
LOOKS_MAX = 3


@dataclass(slots=True)
class Desk:
    """Somebody's browser, the company, the journal they keep, and whether the day is over."""

    browser: Browser
    filled: Filled
    journal: Journal
    chance: random.Random
    is_over: Event

    def at(self, name: str, **named: int) -> str:
        """An address of the company."""
        return reverse(name, kwargs={"company": self.filled.company.code, **named})

    def sign_in(self, username: str) -> None:
        """Through the form, as people do."""
        address = reverse("sign_in")
        form = form_of(self.browser.get(address).body, address) or Form()
        given = form.given | {"username": username, "password": PASSWORD}
        if not self.browser.post(address, given).location:
            self.journal.breach(f"{username} could not sign in.")

    def read(self, path: str) -> str:
        """The page, or "" when there was none."""
        answer = self._asked(f"Reading {path}", lambda: self.browser.get(path))
        if answer.status != OK and not answer.has_failed:
            self._strange(f"Reading {path}", answer)
        return answer.body if answer.status == OK else ""

    def send(self, act: Act, path: str, form: Form, *, action: str | None = None) -> Verdict:
        """Send a form that has one effect however often; ``action`` is what stands in it as its address."""
        for _ in range(LOOKS_MAX):
            answer = self.repeat(act, partial(self.browser.post, path, form.given))
            if answer.status != UNPROCESSABLE:
                break
            again = form_of(answer.body, path if action is None else action)
            if again is None or act.mark not in answer.body:
                self.journal.breach(f"{act.kind} ({act.mark}): the form came back without what was typed.")
                break
            form = again
        return self.end(act, answer)

    def repeat(self, act: Act, ask: Callable[[], Answer]) -> Answer:
        """Ask until there is an answer that is no error, or the day is over."""
        answer = Answer(BROKE)
        for _ in range(TRIES_MAX):
            answer = self.once(act, ask)
            # Whoever goes home meanwhile does not know what became of it.
            if not answer.has_failed or self.is_over.wait(PAUSE_SECONDS):
                break
        return answer

    def once(self, act: Act, ask: Callable[[], Answer]) -> Answer:
        """Ask, and note an error."""
        answer = self._asked(f"{act.kind} ({act.mark})", ask)
        act.errors += answer.has_failed
        return answer

    def end(self, act: Act, answer: Answer) -> Verdict:
        """Write down what came of it."""
        verdict = Verdict.DONE if answer.is_done else Verdict.UNKNOWN
        if answer.status == UNPROCESSABLE:
            verdict = Verdict.BACK
        elif not answer.is_done and not answer.has_failed:
            self._strange(f"{act.kind} ({act.mark})", answer)
        self.journal.end(act, verdict)
        return verdict

    def _asked(self, what: str, ask: Callable[[], Answer]) -> Answer:
        could_fail = self.journal.may_fail
        answer = ask()
        if answer.has_failed:
            was_to_be = could_fail or self.journal.may_fail
            self.journal.failed(f"{what}, {answer.status}", is_told=answer.is_told, was_to_be=was_to_be)
        return answer

    def _strange(self, what: str, answer: Answer) -> None:
        if answer.leads_to_sign_in:
            self.journal.breach(f"{what}: a session that nobody ended is over.")
        else:
            self.journal.breach(f"{what} was answered with {answer.status} {answer.location}.")
