"""``manage.py sort_mail PATH [--expected FILE] [--no-bounce-in FOLDER ...]``: how mails are told apart, and
how often that is right.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.correspondence import mail_folders
from collections_app.correspondence.rules import incoming
from collections_app.correspondence.rules.incoming import KIND_LABELS, Received, ReceivedKind
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.management.output import Answer, AnsweringCommand

UNREADABLE = "unreadable"
COLUMNS = ("file", "permanent_addresses", "temporary_addresses")
# Of the bounces whose failing addresses are known; fewer, and the command says that not all is well.
LEAST_SHARE = 0.95


@dataclass(frozen=True, slots=True)
class Expected:
    """The addresses, in small letters, that a mail says cannot be reached. ``is_over`` when nobody tries
    again: then it is a bounce, and otherwise a warning of a delay.
    """

    addresses: frozenset[str]
    is_over: bool

    @property
    def kind(self) -> ReceivedKind:
        return ReceivedKind.BOUNCE if self.is_over else ReceivedKind.DELAY


class Command(AnsweringCommand):
    """Keeps nothing: it is for trying what ``read_mailbox`` would make of mails."""

    help = (
        "Tell bounces, delays, automatic answers and replies apart in a folder of mails, and count them by "
        "folder. With the failing addresses that are expected, ends with 0 only when 95 % are found and no "
        "delay is taken for a bounce; with folders in which there is no bounce, only when none is found in "
        "them."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        """The mails, and what is known of them."""
        parser.add_argument(
            "path", type=Path, help="a mail in a file, a folder of them, an mbox or a maildir"
        )
        parser.add_argument(
            "--expected",
            type=Path,
            metavar="FILE",
            help=f"a CSV file with {', '.join(COLUMNS)}, addresses with | between them",
        )
        parser.add_argument(
            "--no-bounce-in",
            nargs="+",
            default=[],
            metavar="FOLDER",
            help="folders, named as in the table, of automatic answers, delays and replies: a bounce that is "
            "found there is wrong",
        )
        parser.add_argument("--country", default="GB", help="whose way of writing days is read, like GB")

    def answer(self, **options: Any) -> Answer:
        """A table by folder, then what was expected of how many and found."""
        path: Path = options["path"]
        found = _sorted(path, options["country"].upper())
        table: dict[str, Counter[str]] = {}
        for named, received in found.items():
            folder = _folder(named, path)
            table.setdefault(folder, Counter())[received.kind if received else UNREADABLE] += 1
        facts: dict[str, Any] = {"folders": {name: dict(counts) for name, counts in sorted(table.items())}}
        lines, is_well = _lines(table), True
        if options["expected"]:
            compared = _compared(_expected(options["expected"]), found)
            facts["expected"] = compared
            lines += [line for kind, counts in compared.items() for line in _told(kind, counts)]
            bounces = compared[ReceivedKind.BOUNCE.value]
            is_well = min(bounces["recognised"], bounces["with_addresses"]) >= LEAST_SHARE * bounces["of"]
            is_well = is_well and not compared[ReceivedKind.DELAY.value]["taken_for_bounces"]
        if folders := options["no_bounce_in"]:
            wrong = _bounces_in(folders, found, path)
            facts["wrong_bounces"] = wrong
            lines += _told_wrong(wrong)
            is_well = is_well and not wrong
        return Answer(facts, *lines, ok=is_well)


def _folder(named: str, path: Path) -> str:
    return named.rpartition("/")[0] or path.name


def _bounces_in(folders: Sequence[str], found: Mapping[str, Received | None], path: Path) -> list[str]:
    """Mails of ``folders``, and of those below them, that are taken for bounces. Raises ``Refused``."""
    wanted = {folder.strip("/") for folder in folders}
    there = {named: {_folder(named, path), *_above(_folder(named, path))} for named in found}
    if strange := wanted.difference(*there.values()):
        text = f"There is no mail in a folder called {', '.join(f'“{each}”' for each in sorted(strange))}."
        raise Refused.because("no_folder", text)
    return sorted(
        named
        for named, received in found.items()
        if there[named] & wanted and _kind(received) == ReceivedKind.BOUNCE
    )


def _above(folder: str) -> list[str]:
    parts = folder.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _told_wrong(wrong: Sequence[str]) -> list[str]:
    if not wrong:
        return ["No bounce where there is none."]
    return [f"{len(wrong)} taken for bounces where there is none.", *(f"  wrong: {name}" for name in wrong)]


def _sorted(path: Path, country: str) -> dict[str, Received | None]:
    """Every mail by its name; None for one that cannot be read."""
    at, found = clock.now(), dict[str, Received | None]()
    for named, raw in mail_folders.mails(path):
        try:
            found[named] = incoming.read(raw, country=country, at=at)
        except Refused:
            found[named] = None
    return found


def _expected(path: Path) -> dict[str, Expected]:
    """What is known of mails, by the names of their files. Raises ``Refused``."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
            hard = {row["file"]: _addresses(row[COLUMNS[1]]) for row in rows}
            soft = {row["file"]: _addresses(row[COLUMNS[2]]) for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error):
        text = f"“{path.name}” is no CSV file with the columns {', '.join(COLUMNS)}."
        raise Refused.because("expected", text) from None
    return {
        name: Expected(addresses or soft[name], is_over=bool(addresses))
        for name, addresses in hard.items()
        if addresses or soft[name]
    }


def _addresses(text: str | None) -> frozenset[str]:
    return frozenset(each.strip().casefold() for each in (text or "").split("|") if each.strip())


def _compared(
    expected: Mapping[str, Expected], found: Mapping[str, Received | None]
) -> dict[str, dict[str, Any]]:
    """By kind, of the mails that are there: how many are taken for that, how many with all the addresses."""
    by_file = {named.rpartition("/")[2]: received for named, received in found.items()}
    compared: dict[str, dict[str, Any]] = {}
    for kind in (ReceivedKind.BOUNCE, ReceivedKind.DELAY):
        asked = {name: each for name, each in expected.items() if each.kind == kind and name in by_file}
        known = [name for name in asked if _kind(by_file[name]) == kind]
        whole = [name for name in known if asked[name].addresses <= _failing(by_file[name])]
        compared[kind.value] = {
            "of": len(asked),
            "recognised": len(known),
            "with_addresses": len(whole),
            "missed": sorted(set(asked) - set(whole)),
        }
        if kind == ReceivedKind.DELAY:
            wrong = [name for name in asked if _kind(by_file[name]) == ReceivedKind.BOUNCE]
            compared[kind.value]["taken_for_bounces"] = sorted(wrong)
    return compared


def _kind(received: Received | None) -> ReceivedKind | None:
    return received.kind if received else None


def _failing(received: Received | None) -> frozenset[str]:
    return frozenset(failure.address.casefold() for failure in (received.failures if received else ()))


def _lines(table: Mapping[str, Counter[str]]) -> list[str]:
    heads = [*(KIND_LABELS[kind] for kind in ReceivedKind), "Unreadable"]
    width = max([*(len(name) for name in table), 6])
    lines = [f"{'':<{width}}  {'Mails':>5}  " + "  ".join(heads)]
    for name, counts in sorted(table.items()):
        cells = [counts[kind] for kind in (*ReceivedKind, UNREADABLE)]
        figures = "  ".join(f"{cell:>{len(head)}}" for cell, head in zip(cells, heads, strict=True))
        lines.append(f"{name:<{width}}  {counts.total():>5}  {figures}")
    return lines


def _told(kind: str, counts: Mapping[str, Any]) -> list[str]:
    of, label = counts["of"], KIND_LABELS[ReceivedKind(kind)]
    known, whole = (f"{counts[name]} of {of}" for name in ("recognised", "with_addresses"))
    line = f"{label}: {known} recognised, {whole} with every address that is expected."
    wrong = [f"  taken for a bounce: {name}" for name in counts.get("taken_for_bounces", ())]
    return [line, *(f"  not so: {name}" for name in counts["missed"]), *wrong]
