"""Why an entry stands where it stands: the parts of its score in words, and what would
take it off the list.
"""

from dataclasses import dataclass

from collections_app.chase.entries import Entry
from collections_app.chase.rules import points, sentences


@dataclass(frozen=True, slots=True)
class Part:
    """Points of one rule, with the reason in words. The points of all parts add up to the score."""

    rule: str
    points: int
    why: str


def why(entry: Entry) -> list[Part]:
    """The parts of ``entry``'s score, most points first. Asks nothing when the segment
    was selected with it.
    """
    shown = {
        "segment": entry.segment.name if entry.segment else "",
        "amount": str(entry.to_collect),
        "currency": entry.currency,
    }
    parts = [
        Part(part["rule"], part["points"], sentences.why({**shown, **part}, today=entry.day))
        for part in points.most_first(entry.parts)
    ]
    if entry.to_collect > 0 and entry.weight == 0:
        parts.append(Part("amount", 0, sentences.no_rate(entry.currency)))
    return parts


def way_off(entry: Entry) -> list[str]:
    """What takes ``entry`` off the list, one sentence each, the most wanted first."""
    found = []
    if entry.to_collect > 0:
        asked = sentences.amount(str(entry.to_collect), entry.currency)
        found.append(f"A payment of {asked} takes them off for good.")
        found.append(f"A promise for {asked}, or a dispute of it, takes them off while it runs.")
    if entry.next_step and entry.next_on and entry.next_on <= entry.day:
        found.append(f"Logging what came of the agreed step ({sentences.step(entry.next_step)}) ends it.")
    found.append("A contact with a next step on a later day lets them sleep until then.")
    found.append("Snoozing with a reason does too.")
    return found
