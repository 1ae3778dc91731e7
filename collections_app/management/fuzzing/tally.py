"""What came of each trial, counted."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """One trial: what it was, how it ended, and what was wrong with that (empty when nothing)."""

    what: str
    ended: str
    wrong: str = ""


@dataclass(slots=True)
class Tally:
    """All of them; ``wrong`` keeps what failed with the number of its trial."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    trials: int = 0

    def add(self, outcome: Outcome) -> None:
        self.trials += 1
        self.counts[outcome.what, outcome.ended or "failed"] += 1
        if outcome.wrong:
            self.wrong.append(f"Trial {self.trials}, {outcome.what}: {outcome.wrong}")

    def lines(self) -> list[str]:
        """A table, what was tried first, then how it ended."""
        widest = max((len(what) for what, _ in self.counts), default=0)
        return [
            f"{what:<{widest}}  {ended:<12} {count:>8,}"
            for (what, ended), count in sorted(self.counts.items())
        ]
