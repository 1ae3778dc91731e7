"""One clock for a test and the programs it starts: it goes as clocks go, from a moment that the test sets."""

import datetime as dt
from pathlib import Path

from collections_app.lib import clock


class MovedClock:
    """How far it is ahead stands in a file, so that whoever works while it is set anew reads that too."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def set(self, moment: dt.datetime) -> None:
        """It is ``moment`` now."""
        ahead = moment - dt.datetime.now(dt.UTC)
        fresh = self.place.with_suffix(".new")
        fresh.write_text(repr(ahead.total_seconds()))
        fresh.rename(self.place)

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=float(self.place.read_text()))

    def arm(self) -> None:
        """The product reads this one in this process."""
        clock.now = self.now
