"""What came of it all, counted from the rows, from what the mail server took, and when customers paid."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from tests.correspondence.mailserver import Sink
from tests.faults.reminded import Payers


class Nights:
    """What the workers wrote down of the nights they were asked for."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "nights.log"

    def counted(self, what: str) -> Counter[str]:
        """How often each night was ``asked for``, ``begun`` or ``ended``."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return Counter(line.partition("|")[2] for line in lines if line.startswith(f"{what}|"))


class Found:
    """Every message, where it stands, and how often it arrived."""

    def __init__(self, sink: Sink, payers: Payers, nights: Nights) -> None:
        self.made = list(Message.objects.all())
        self.paid, self.nights = payers.paid, nights
        self.states = Counter(message.state for message in self.made)
        self.arrived = Counter(sink.ids)
        self.kept = {message.message_id: message for message in self.made}
        self.reminders = [message for message in self.made if message.kind == MessageKind.REMINDER]
        self.reminded = [message for message in self.reminders if message.message_id in self.arrived]
        held_back = [message for message in self.made if message.state == "held_back"]
        self.reasons = Counter(stop["code"] for message in held_back for stop in message.stops)

    @property
    def twice(self) -> list[str]:
        """Messages (ids) that arrived more than once."""
        return [each for each, times in self.arrived.items() if times > 1]

    @property
    def doubtful(self) -> int:
        """How many arrived of which the product does not know it; a person decides about those."""
        return sum(self.kept[each].state == "uncertain" for each in self.arrived)

    @property
    def reminded_after_paying(self) -> list[Message]:
        """What began to leave when it was written down already that they had paid."""
        return [
            message
            for message in self.reminded
            if (paid := self.paid.get(message.customer_id or 0)) and (message.claimed_at or paid) >= paid
        ]

    def tell(self, title: str, seconds: Sequence[tuple[str, float]]) -> None:
        """Print the counts."""
        asked, begun, ended = (self.nights.counted(each) for each in ("asked for", "begun", "ended"))
        print(
            f"\n{len(self.made):,} messages, {len(self.reminders)} of them reminders; {title}.\n"
            f"{len(self.arrived):,} arrived, {len(self.twice)} of them twice. {self.states['sent']:,} sent, "
            f"{self.states['uncertain']} uncertain ({self.doubtful} of them had arrived), "
            f"{self.states['failed']} refused, {self.states['held_back']} held back {dict(self.reasons)}, "
            f"{self.states['withdrawn']} withdrawn.\n"
            f"{len(self.reminded)} customers were reminded; {len(self.paid)} paid meanwhile, "
            f"{len(self.reminded_after_paying)} of them were reminded after that.\n"
            f"{len(ended)} nights, asked for {asked.total()} times, begun {begun.total()} times, ended "
            f"{ended.total()} times.\n" + ", ".join(f"{each:.0f} s {what}" for what, each in seconds) + "."
        )
