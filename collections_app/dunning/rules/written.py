"""Steps as they are written down with a version of a procedure, and read again. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from collections_app.correspondence.rules.letter_values import Action
from collections_app.dunning.rules.steps import Channel, Procedure, Signer, Step, Unit
from collections_app.lib import money


def write(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Plain values, for JSON; what is as usual is left out."""
    return [_written(step) for step in steps]


def read(segment: str, rows: Sequence[Mapping[str, Any]]) -> Procedure:
    """The procedure of a segment from what was written."""
    return Procedure(segment, tuple(_read(row) for row in rows))


def _written(step: Step) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": step.code,
        "offset": step.offset,
        "unit": step.unit.value,
        "channel": step.channel.value,
        "level": step.level,
        "signer": step.signer.value,
    }
    usual = {
        "purpose": step.purpose,
        "note": step.note,
        "is_automatic": step.is_automatic,
        "quiet_days": step.quiet_days,
        "least_amount": f"{step.least_amount:f}" if step.least_amount else "",
        "habit_grace_days": step.habit_grace_days,
        "enters_by_age": step.enters_by_age,
        "repeat_days": step.repeat_days,
        "announces": step.announces.value if step.announces else "",
        "announced_days": step.announced_days or None,
    }
    return row | {
        name: value
        for name, value in usual.items()
        if value is not None and value is not False and value != ""
    }


def _read(row: Mapping[str, Any]) -> Step:
    return Step(
        code=row["code"],
        offset=row["offset"],
        unit=Unit(row["unit"]),
        channel=Channel(row["channel"]),
        level=row["level"],
        signer=Signer(row["signer"]),
        purpose=row.get("purpose", ""),
        note=row.get("note", ""),
        is_automatic=row.get("is_automatic", False),
        quiet_days=row.get("quiet_days", 0),
        least_amount=Decimal(row.get("least_amount", "0")) or money.ZERO,
        habit_grace_days=row.get("habit_grace_days"),
        enters_by_age=row.get("enters_by_age", False),
        repeat_days=row.get("repeat_days"),
        announces=Action(row["announces"]) if row.get("announces") else None,
        announced_days=row.get("announced_days", 0),
    )
