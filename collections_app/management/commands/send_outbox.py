"""``manage.py send_outbox``: send what is due now, without waiting for a worker."""

from dataclasses import asdict
from typing import Any

from collections_app.jobs import outbox
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand

SECONDS_MAX = 3600.0
WORDS = {
    "sent": "sent",
    "held_back": "held back",
    "retried": "to be tried again",
    "failed": "could not be sent",
    "uncertain": "may have left",
    "waiting": "waiting to leave",
}


class Command(AnsweringCommand):
    """What the workers do every few seconds; it may run beside them."""

    help = (
        "Send the messages that are due, each at most once, and count those sent, held back, to be "
        "tried again, could not be sent, may have left (a person decides), and how many wait to leave."
    )

    def answer(self, **options: Any) -> Answer:
        counts = asdict(outbox.send(round_seconds=SECONDS_MAX, at=clock.now()))
        told = ", ".join(f"{count} {WORDS[name]}" for name, count in counts.items() if count)
        return Answer(counts, f"{told.capitalize()}." if told else "Nothing waits to leave.")
