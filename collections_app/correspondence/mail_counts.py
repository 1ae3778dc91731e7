"""What a round of reading mail came to."""

from dataclasses import asdict, dataclass, field
from typing import Any

from collections_app.correspondence.received_messages import Taken
from collections_app.correspondence.rules.incoming import ReceivedKind


@dataclass
class MailCounts:
    """How much was read, what of it was new by kind, what nobody is known to have written, what was there
    already, and each sentence about what could not be read.
    """

    read: int = 0
    replies: int = 0
    bounces: int = 0
    auto_replies: int = 0
    delays: int = 0
    unassigned: int = 0
    again: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, taken: Taken, *, named: str) -> None:
        """Count one mail."""
        self.read += 1
        if taken.received is None:
            self.problems.append(f"{named}: {taken.problem}")
        elif not taken.is_new:
            self.again += 1
        else:
            name = _NAMES[ReceivedKind(taken.received.kind)]
            setattr(self, name, getattr(self, name) + 1)
            self.unassigned += taken.received.customer_id is None

    def add_all(self, other: "MailCounts") -> None:
        """Count what another round counted."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def facts(self) -> dict[str, Any]:
        """For other programs."""
        return asdict(self)


_NAMES = {
    ReceivedKind.REPLY: "replies",
    ReceivedKind.BOUNCE: "bounces",
    ReceivedKind.AUTO_REPLY: "auto_replies",
    ReceivedKind.DELAY: "delays",
}
