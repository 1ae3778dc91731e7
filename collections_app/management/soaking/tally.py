"""What a soak came to, as a table for people and as facts for programs."""

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from collections_app.management.soaking.journal import BEFORE, Journal, Verdict
from collections_app.management.soaking.proofs import Found

_HEADS = ("times", "well p50", "well max", "done", "errors", "found")


@dataclass(slots=True)
class Tally:
    """By the name of a strike: after how many seconds all was well each time."""

    wells: dict[str, list[float]] = field(default_factory=dict)
    breaches: list[str] = field(default_factory=list)

    def struck(self, name: str, seconds: float) -> None:
        """Once more, and well again after so long."""
        self.wells.setdefault(name, []).append(seconds)

    def proven(self, found: Found, *, after: str) -> None:
        """What was found wrong is told once, with the strike after which it was first seen."""
        told = {breach.partition(" — ")[0] for breach in self.breaches}
        self.breaches += [f"{each} — after: {after}" for each in found.breaches if each not in told]

    def rows(self, journal: Journal, found: Found) -> list[dict[str, Any]]:
        """A row for each strike, and one for what was done before any."""
        done = Counter(act.during for act in journal.known() if act.verdict == Verdict.DONE)
        later = Counter(act.during for act in found.found_after_an_error)
        names = [*([BEFORE] if BEFORE not in self.wells else []), *sorted(self.wells)]
        return [
            {
                "strike": name,
                "times": len(self.wells.get(name, [])),
                "well_p50": round(statistics.median(self.wells.get(name) or [0.0]), 2),
                "well_max": round(max(self.wells.get(name) or [0.0]), 2),
                "acknowledged": done[name],
                "errors": journal.errors[name],
                "found_after_an_error": later[name],
            }
            for name in names
        ]


def facts(tally: Tally, journal: Journal, found: Found, waits: dict[str, int]) -> dict[str, Any]:
    """Everything, for programs."""
    breaches = [*tally.breaches, *dict.fromkeys(journal.breaches)]
    known = journal.known()
    return {
        "ok": not breaches,
        "strikes": tally.rows(journal, found),
        "acts": len(known),
        "acknowledged": sum(act.verdict == Verdict.DONE for act in known),
        "came_back": sum(act.verdict == Verdict.BACK for act in known),
        "errors": journal.errors.total(),
        "done_after_errors": sum(act.verdict == Verdict.DONE and act.errors > 0 for act in known),
        "found_after_an_error": len(found.found_after_an_error),
        "kinds": dict(Counter(act.kind for act in known if act.verdict == Verdict.DONE)),
        "lost": len(found.lost),
        "doubled": len(found.doubled),
        "halves": len(found.halves),
        "invariants": "ok" if not found.invariants else "broken",
        "mails": found.mails,
        "reminders": found.reminders,
        "waits": waits,
        "breaches": breaches,
    }


def lines(told: dict[str, Any]) -> list[str]:
    """The table, and below it what all of it came to."""
    table = [f"{'strike':<24}" + "".join(f"{head:>10}" for head in _HEADS)]
    for row in told["strikes"]:
        cells = (row["times"], f"{row['well_p50']:.1f} s", f"{row['well_max']:.1f} s")
        counts = (row["acknowledged"], row["errors"], row["found_after_an_error"])
        table.append(f"{row['strike']:<24}" + "".join(f"{cell!s:>10}" for cell in (*cells, *counts)))
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(told["kinds"].items()))
    waits = ", ".join(f"{count} {what}" for what, count in told["waits"].items()) or "nothing"
    return [
        *table,
        "",
        f"{told['acts']:,} acts: {told['acknowledged']:,} acknowledged, {told['came_back']} came back to be "
        f"put right, {told['done_after_errors']} were done by sending the form again.",
        f"Acknowledged: {kinds}.",
        f"{told['errors']} requests were answered with an error or not at all; of the acts that nobody had "
        f"heard of, {told['found_after_an_error']} were there.",
        f"{told['mails']} messages arrived, {told['reminders']} of them reminders. Still waiting: {waits}.",
        f"Lost {told['lost']}, doubled {told['doubled']}, halves {told['halves']}; "
        f"invariants {told['invariants']}.",
    ]
