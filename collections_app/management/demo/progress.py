"""How far the seeding is: a bar where somebody watches, a line a step where nobody does."""

import time
from typing import TextIO

WIDTH = 32
REDRAWN_EVERY_SECONDS = 0.1


class Progress:
    """Writes to ``stream``. Reads the monotonic clock only, to tell how long a step took."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_watched = stream.isatty()
        self._label = ""
        self._total = self._done = 0
        self._began = self._drawn = 0.0

    def step(self, label: str, total: int = 0) -> None:
        """End the step before and begin one of ``total`` parts; 0 when they cannot be counted."""
        self.end()
        self._label, self._total, self._done = label, total, 0
        self._began, self._drawn = time.monotonic(), 0.0
        if self._is_watched:
            self._draw()

    def advance(self) -> None:
        """One part is done."""
        self._done += 1
        if self._is_watched and time.monotonic() - self._drawn > REDRAWN_EVERY_SECONDS:
            self._draw()

    def end(self) -> None:
        """Say how long the step took. Harmless when there is none."""
        if not self._label:
            return
        seconds = time.monotonic() - self._began
        before = "\r\x1b[K" if self._is_watched else ""
        self._stream.write(f"{before}{self._label}: {seconds:.1f} s\n")
        self._stream.flush()
        self._label = ""

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        if self._total:
            share = min(self._done / self._total, 1)
            filled = round(share * WIDTH)
            bar = f" [{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}"
        else:
            bar = " ..."
        self._stream.write(f"\r\x1b[K{self._label}{bar}")
        self._stream.flush()
