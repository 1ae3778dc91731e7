"""Percentiles, and one measure beside its floor. Pure."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the measured ones do not exceed, by nearest rank."""
    ordered = sorted(seconds)
    # A share like 0.95 is not exact in binary: 95 of 100 must not become the 96th.
    rank = math.ceil(share * len(ordered) - 1e-9)
    return ordered[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that was measured. ``floor`` is the median of the bare statement; both in seconds.

    With ``most_ratio`` the aim is a multiple of the floor, with ``most_seconds`` a time that 95 of 100 stay
    under.
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
    def floor(self) -> float:
        return statistics.median(self.floor_seconds)

    @property
    def ratio(self) -> float:
        return self.median / self.floor

    @property
    def aim(self) -> str:
        if self.most_ratio is not None:
            return f"{self.most_ratio:g} x floor"
        return f"p95 < {(self.most_seconds or 0) * 1000:.0f} ms"

    @property
    def is_met(self) -> bool:
        if self.most_ratio is not None:
            return self.ratio <= self.most_ratio
        return self.p95 < (self.most_seconds or 0)

    def as_facts(self) -> dict[str, object]:
        """For machines: seconds with four decimals."""
        facts: dict[str, object] = {
            "name": self.name,
            "median": round(self.median, 4),
            "p95": round(self.p95, 4),
            "runs": len(self.seconds),
            "floor": round(self.floor, 4),
            "ratio": round(self.ratio, 2),
            "aim": self.aim,
            "met": self.is_met,
            "limit": self.limit,
        }
        return facts | {name: round(value, 4) for name, value in self.beside.items()}


def table(measures: Sequence[Measure]) -> list[str]:
    """The measures as lines for people; below them what limits each."""
    lines = [f"{'':<38}{'median':>10}{'p95':>10}{'floor':>10}{'ratio':>8}  {'aim':<16}"]
    lines += [
        f"{one.name:<38}{_shown(one.median):>10}{_shown(one.p95):>10}{_shown(one.floor):>10}{one.ratio:>7.1f}x"
        f"  {one.aim:<16}{'met' if one.is_met else 'NOT MET'}"
        for one in measures
    ]
    return [*lines, "", *(f"{one.name}: {one.limit}" for one in measures)]


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
