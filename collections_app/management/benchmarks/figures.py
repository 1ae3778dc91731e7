"""Percentiles, and one measure beside its floor. Pure."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

_MET = {True: "met", False: "NOT MET", None: ""}


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the measured ones do not exceed, by nearest rank."""
    ordered = sorted(seconds)
    # A share like 0.95 is not exact in binary: 95 of 100 must not become the 96th.
    rank = math.ceil(share * len(ordered) - 1e-9)
    return ordered[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured. ``floor`` is the median of the bare statement, None where no statement
    tells the same; both in seconds.

    With ``most_ratio`` the aim is a multiple of the floor, with ``most_seconds`` a time that 95 of 100 stay
    under; with neither it is told beside the others.
    """

    name: str
    seconds: list[float]
    floor_seconds: list[float]
    limit: str
    most_ratio: float | None = None
    most_seconds: float | None = None
    beside: dict[str, float] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return percentile(self.seconds, 0.95)

    @property
    def floor(self) -> float | None:
        return statistics.median(self.floor_seconds) if self.floor_seconds else None

    @property
    def ratio(self) -> float | None:
        return self.median / self.floor if self.floor else None

    @property
    def aim(self) -> str:
        if self.most_ratio is not None:
            return f"{self.most_ratio:g} x floor"
        return f"p95 < {self.most_seconds * 1000:.0f} ms" if self.most_seconds else ""

    @property
    def is_met(self) -> bool | None:
        """None without an aim."""
        if self.most_ratio is not None:
            return self.ratio is not None and self.ratio <= self.most_ratio
        return self.p95 < self.most_seconds if self.most_seconds else None

    def as_facts(self) -> dict[str, object]:
        """For machines: seconds with four decimals."""
        facts: dict[str, object] = {
            "name": self.name,
            "median": round(self.median, 4),
            "p95": round(self.p95, 4),
            "runs": len(self.seconds),
            "floor": None if self.floor is None else round(self.floor, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 2),
            "aim": self.aim,
            "met": self.is_met,
            "limit": self.limit,
        }
        return facts | {name: round(value, 4) for name, value in self.beside.items()}


def table(measures: Sequence[Measure]) -> list[str]:
    """The measures as lines for people; below them what limits each."""
    lines = [f"{'':<38}{'median':>10}{'p95':>10}{'floor':>10}{'ratio':>8}  {'aim':<16}"]
    lines += [
        f"{one.name:<38}{_shown(one.median):>10}{_shown(one.p95):>10}{_shown(one.floor):>10}{_times(one.ratio):>8}"
        f"  {one.aim:<16}{_MET[one.is_met]}".rstrip()
        for one in measures
    ]
    return [*lines, "", *(f"{one.name}: {one.limit}" for one in measures)]


def _times(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.1f}x"


def _shown(seconds: float | None) -> str:
    if seconds is None:
        return ""
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
