"""``manage.py tone_check FILE --stage r1 --language en``: what the tone guard says about a draft."""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.correspondence.rules import tone
from collections_app.correspondence.rules.tone import Draft, Facts, Hit, Part, Purpose, Severity, Stage
from collections_app.correspondence.rules.tone.vocabulary import WORDS
from collections_app.correspondence.rules.tone.written_facts import facts_of
from collections_app.lib.refusals import Refused
from collections_app.management.benchmarks import figures, stopwatch
from collections_app.management.output import Answer, AnsweringCommand

SUBJECT = "subject:"
BYTES_MAX = 1_000_000
RUNS_MAX = 10_000


def text_of(name: str) -> str:
    """The text of a file, or of standard input for ``-``. Raises ``Refused``."""
    try:
        held = sys.stdin.buffer.read(BYTES_MAX + 1) if name == "-" else Path(name).read_bytes()
        if len(held) > BYTES_MAX:
            raise Refused.because("file", f"“{name}” is too long for a message.")
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused.because("file", f"“{name}” is no text in UTF-8.") from None
    except (OSError, ValueError):
        raise Refused.because("file", f"“{name}” cannot be read.") from None


def cut(text: str) -> tuple[int, int, int]:
    """Where the subject begins and ends, and where the body begins, in a text whose first line may be
    “Subject: …”.
    """
    if not text.lower().startswith(SUBJECT):
        return 0, 0, 0
    line, _, _ = text.partition("\n")
    begins = len(SUBJECT) + len(line[len(SUBJECT) :]) - len(line[len(SUBJECT) :].lstrip())
    ends = max(len(line.rstrip()), begins)
    behind = len(line) + 1
    return begins, ends, min(behind + len(text[behind:]) - len(text[behind:].lstrip("\r\n")), len(text))


def facts_in(name: str | None) -> Facts | None:
    """The facts in a JSON file. Raises ``Refused``."""
    if name is None:
        return None
    try:
        return facts_of(json.loads(text_of(name)))
    except json.JSONDecodeError as error:
        raise Refused.because("facts", f"“{name}” is no JSON: line {error.lineno}, {error.msg}.") from None


class Command(AnsweringCommand):
    """Reads no database and changes nothing."""

    help = (
        "Check the tone and the facts of a draft. Ends with 0 when nothing blocks it (warnings may stand), "
        "with 1 when something does or the draft cannot be read."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="text in UTF-8, “-” for standard input; “Subject: …” may come first"
        )
        parser.add_argument("--stage", choices=[stage.value for stage in Stage], default=Stage.R1.value)
        parser.add_argument("--language", choices=sorted(WORDS), default="en")
        parser.add_argument("--facts", metavar="FILE", help="JSON: what the ledger says, see docs/tone.md")
        parser.add_argument(
            "--purpose",
            choices=[purpose.value for purpose in Purpose],
            default=Purpose.REMINDER.value,
            help="“other” for summaries, copies and notices, which ask for no payment",
        )
        parser.add_argument(
            "--runs",
            type=int,
            choices=range(1, RUNS_MAX + 1),
            default=1,
            metavar="N",
            help="time N checks of it",
        )

    def answer(self, **options: Any) -> Answer:
        text, facts = text_of(options["file"]), facts_in(options["facts"])
        subject_at, subject_end, body_at = cut(text)
        draft = Draft(
            subject=text[subject_at:subject_end],
            body=text[body_at:],
            language=options["language"],
            stage=Stage(options["stage"]),
            purpose=Purpose(options["purpose"]),
        )
        took = stopwatch.times(options["runs"], lambda: tone.check(draft, facts=facts))
        hits = tone.check(draft, facts=facts)
        begins = {Part.SUBJECT: subject_at, Part.BODY: body_at}
        blocked = tone.is_blocked(hits)
        found = {
            "hits": [facts_about(hit, begins[hit.part]) for hit in hits],
            "blocked": blocked,
            "milliseconds": milliseconds(statistics.median(took)),
        }
        lines = [line_of(hit, text, begins[hit.part]) for hit in hits]
        verdict = "It may not leave like this." if blocked else "Nothing keeps it from leaving."
        if options["runs"] > 1:
            found["p95_milliseconds"] = milliseconds(figures.percentile(took, 0.95))
            lines.append(
                f"{options['runs']} checks: median {found['milliseconds']} ms, "
                f"p95 {found['p95_milliseconds']} ms"
            )
        return Answer(found, *lines, verdict, ok=not blocked)


def milliseconds(seconds: float) -> float:
    """A short time for people and machines."""
    return round(seconds * 1000, 3)


def facts_about(hit: Hit, begins: int) -> dict[str, Any]:
    """One hit for machines; ``start`` counts characters from the beginning of the file."""
    return {
        "rule": hit.rule,
        "severity": hit.severity.value,
        "words": hit.words,
        "part": hit.part.value,
        "start": begins + hit.start if hit.words else 0,
        "sentence": hit.sentence,
        "suggestion": hit.suggestion,
    }


def line_of(hit: Hit, text: str, begins: int) -> str:
    """One hit for people."""
    kind = "blocks" if hit.severity == Severity.BLOCK else "warns "
    line = f"line {text.count(chr(10), 0, begins + hit.start) + 1}" if hit.words else "whole"
    return f"{hit.rule} {kind}  {line:<8}  {hit.sentence} {hit.suggestion}"
