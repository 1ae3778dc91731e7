"""Labelled drafts: what each must be told, by rule. They lie in ``drafts``, one or more files a language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from collections_app.correspondence.rules import tone
from collections_app.correspondence.rules.tone import Draft, Facts, Hit, Purpose, Severity, Stage
from collections_app.correspondence.rules.tone.written_facts import facts_of

FOLDER = Path(__file__).parent / "drafts"
# Drafts to measure with: no list was mended after them.
SECOND = FOLDER / "second"
LANGUAGES = ("en", "nl", "de", "fr", "es")


@dataclass(frozen=True)
class Labelled:
    """A draft and the rules that must answer: those that block it, those that warn."""

    name: str
    draft: Draft
    facts: Facts | None
    blocks: frozenset[str]
    warns: frozenset[str]

    def hits(self) -> tuple[Hit, ...]:
        """What it is told."""
        return tone.check(self.draft, facts=self.facts)

    def found(self, severity: Severity) -> frozenset[str]:
        """The rules that do answer."""
        return frozenset(hit.rule for hit in self.hits() if hit.severity == severity)


@cache
def labelled(language: str, folder: Path = FOLDER) -> tuple[Labelled, ...]:
    """Every labelled draft of a language, those that are like another one written out."""
    known = tomllib.loads((FOLDER / "facts.toml").read_text("utf-8"))
    rows: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.glob(f"{language}_*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["draft"]:
            assert row["id"] not in rows, f"{row['id']} stands twice"
            rows[row["id"]] = row
    return tuple(_labelled(row, rows, known, language) for row in rows.values())


def _labelled(
    row: Mapping[str, Any], rows: Mapping[str, Any], known: Mapping[str, Any], language: str
) -> Labelled:
    # The labels are a draft's own; its words and facts may be those of another.
    full = {**rows.get(row.get("like", ""), {}), "blocks": (), "warns": (), **row}
    body = full["body"].strip("\n")
    for old, new in row.get("swap", ()):
        assert old in body, f"{row['id']}: “{old}” is not in it"
        body = body.replace(old, new)
    facts = None
    if "facts" in full:
        facts = facts_of({**known[full["facts"]], **full.get("change", {})})
    draft = Draft(
        subject=full.get("subject", ""),
        body=body,
        language=language,
        stage=Stage(full.get("stage", "r1")),
        purpose=Purpose(full.get("purpose", "reminder")),
    )
    return Labelled(row["id"], draft, facts, frozenset(full["blocks"]), frozenset(full["warns"]))
