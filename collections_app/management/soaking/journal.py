"""What people were answered, act by act, and what they were answered that nobody may be."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

MARK = "soak-"
BEFORE = "before the first strike"


class Verdict(StrEnum):
    """What somebody knows of their act."""

    DONE = "acknowledged"  # it must be there, once and whole
    BACK = "came back"  # the form with what was typed: it must not be there
    UNKNOWN = "unknown"  # an error, or no answer: once and whole, or not at all


@dataclass(slots=True)
class Act:
    """One thing that somebody wants done; ``mark`` stands in its words. ``during`` is the last strike when it
    ended.
    """

    kind: str
    mark: str
    verdict: Verdict = Verdict.UNKNOWN
    errors: int = 0
    during: str = ""


@dataclass(slots=True)
class Journal:
    """Written by everybody at once."""

    acts: list[Act] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    # The name of the last strike, and whether pages may fail because of it.
    during: str = BEFORE
    may_fail: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: int = 0

    def begin(self, kind: str) -> Act:
        """An act with a mark of its own."""
        with self._lock:
            self._next += 1
            return Act(kind, f"{MARK}{self._next:05}")

    def end(self, act: Act, verdict: Verdict) -> None:
        """What came of it in the end."""
        with self._lock:
            act.verdict, act.during = verdict, self.during
            self.acts.append(act)

    def failed(self, what: str, *, is_told: bool, was_to_be: bool) -> None:
        """An error, or no answer; ``was_to_be`` when pages could fail while it was asked."""
        with self._lock:
            self.errors[self.during] += 1
            if not is_told:
                self.breaches.append(f"{what} was answered with an error and no word about it.")
            if not was_to_be:
                self.breaches.append(f"{what} failed, and nothing it needs was struck ({self.during}).")

    def breach(self, what: str) -> None:
        """What must not be."""
        with self._lock:
            self.breaches.append(what)

    @contextmanager
    def strike(self, name: str, *, may_fail: bool) -> Iterator[None]:
        """Until all is well again; what is answered afterwards still counts as its consequence."""
        self.during, self.may_fail = name, may_fail
        try:
            yield
        finally:
            self.may_fail = False

    def known(self) -> list[Act]:
        """Everything that has ended so far."""
        with self._lock:
            return list(self.acts)
