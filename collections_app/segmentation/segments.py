"""A segment: customers treated alike, told by conditions over facts. The first segment that matches takes a
customer.

Segments of a draft are added, changed, moved and removed; those of a live version and of history never
change.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import models, transaction
from django.utils.text import slugify

from collections_app.lib import money
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import versions
from collections_app.segmentation.rules import conditions, order
from collections_app.segmentation.rules import segments as rules
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.rules.segments import Terms
from collections_app.segmentation.versions import SegmentVersion


class Segment(models.Model):
    """One rule of a version: whom it takes, and when its customers come onto the chase list."""

    version = models.ForeignKey(SegmentVersion, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    # {"match": "all" | "any", "conditions": [{"fact", "op", "value"}]}; no conditions takes everybody.
    rule = models.JSONField()
    # When its customers come onto the chase list: not before so many days overdue, not below so much to
    # collect
    # (in the company's currency), and with ``habit_grace_days`` not before their own usual delay plus these
    # days.
    least_days_overdue = models.PositiveSmallIntegerField(default=1)
    least_amount = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO
    )
    habit_grace_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "segment"
        constraints = [
            # Both are checked at the end of a statement, so that one statement may swap two places, or
            # segments of two versions.
            models.UniqueConstraint(
                fields=["version", "code"],
                name="segment_code_is_used_once_in_a_version",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="segment_has_its_own_place",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def conditions(self) -> Rule:
        """The rule, as the pure functions take it."""
        return conditions.read(self.rule)

    @property
    def terms(self) -> Terms:
        """What is said of it, as the pure functions take it."""
        return Terms(
            self.name, self.conditions, self.least_days_overdue, self.least_amount, self.habit_grace_days
        )


# What a version says of a segment; the code is the same in all versions that have it.
_OF_A_VERSION = (
    "version_id",
    "position",
    "name",
    "rule",
    "least_days_overdue",
    "least_amount",
    "habit_grace_days",
)


def of(version: SegmentVersion) -> list[Segment]:
    """The segments of a version in the order in which they are asked."""
    return list(Segment.objects.filter(version=version).order_by("position"))


@transaction.atomic
def add(*, draft: SegmentVersion, terms: Terms, revision: int, by: User | None, at: dt.datetime) -> Segment:
    """A new segment at the end, but before the one that takes everybody else. Refused with all problems."""
    require(by, Deed.EDIT_SEGMENTS)
    version = versions.locked(draft, revision=revision)
    standing = of(version)
    _refuse_wrong(terms, standing)
    if len(standing) >= rules.SEGMENTS_MAX:
        raise Refused.because("too_many", f"A company may have at most {rules.SEGMENTS_MAX} segments.")
    made = Segment(version=version, position=len(standing) + 1, code=_new_code(terms.name, version))
    _state(made, terms)
    made.save(force_insert=True)
    if standing and standing[-1].conditions.takes_everybody and not terms.rule.takes_everybody:
        _write_order([*standing[:-1], made, standing[-1]])
    versions.edited(version, "segment.added", f"added segment “{made.name}”", by=by, at=at)
    return made


@transaction.atomic
def change(*, segment: Segment, terms: Terms, revision: int, by: User | None, at: dt.datetime) -> Segment:
    """Other terms for a segment of a draft. Refused with all problems."""
    require(by, Deed.EDIT_SEGMENTS)
    version = versions.locked(segment.version, revision=revision)
    standing = of(version)
    found = _still_there(segment, standing)
    _refuse_wrong(terms, [each for each in standing if each != found])
    before = found.name
    _state(found, terms)
    found.save()
    renamed = f", now called “{found.name}”" if found.name != before else ""
    versions.edited(version, "segment.changed", f"changed segment “{before}”{renamed}", by=by, at=at)
    return found


@transaction.atomic
def move(*, segment: Segment, places: int, revision: int, by: User | None, at: dt.datetime) -> Segment:
    """Ask a segment later by ``places``, or earlier when negative; at most to either end."""
    require(by, Deed.EDIT_SEGMENTS)
    version = versions.locked(segment.version, revision=revision)
    standing = of(version)
    found = _still_there(segment, standing)
    _write_order(order.moved(standing, found, places=places))
    direction = "up" if places < 0 else "down"
    versions.edited(version, "segment.moved", f"moved segment “{found.name}” {direction}", by=by, at=at)
    return found


@transaction.atomic
def remove(*, segment: Segment, revision: int, by: User | None, at: dt.datetime) -> None:
    """Take a segment out of a draft; its customers fall to the segments below."""
    require(by, Deed.EDIT_SEGMENTS)
    version = versions.locked(segment.version, revision=revision)
    standing = of(version)
    found = _still_there(segment, standing)
    found.delete()
    _write_order([each for each in standing if each.code != found.code])
    versions.edited(version, "segment.removed", f"removed segment “{found.name}”", by=by, at=at)


def take_over(live: SegmentVersion, draft: SegmentVersion) -> None:
    """What is live now goes into history, but a segment that the draft has as well stays the same row with
    the draft's terms, and its copy keeps the terms of before. Within the transaction that publishes.
    """
    copies = {copy.code: copy for copy in of(draft)}
    swapped: list[Segment] = []
    for segment in of(live):
        if copy := copies.get(segment.code):
            for field in _OF_A_VERSION:
                here, there = getattr(segment, field), getattr(copy, field)
                setattr(segment, field, there)
                setattr(copy, field, here)
            swapped += [segment, copy]
    # One statement, since each has the code and may have the place of another until all are written.
    Segment.objects.bulk_update(swapped, [field.removesuffix("_id") for field in _OF_A_VERSION])


def _still_there(segment: Segment, standing: Sequence[Segment]) -> Segment:
    return next(each for each in standing if each.pk == segment.pk)


def _refuse_wrong(terms: Terms, others: Sequence[Segment]) -> None:
    if problems := rules.problems(terms, other_names=[other.name for other in others]):
        raise Refused(problems)


def _state(segment: Segment, terms: Terms) -> None:
    segment.name = terms.name.strip()
    segment.rule = conditions.written(terms.rule)
    segment.least_days_overdue = terms.least_days_overdue
    segment.least_amount = terms.least_amount
    segment.habit_grace_days = terms.habit_grace_days


def _new_code(name: str, version: SegmentVersion) -> str:
    """A code no version of the company has used: weights and history name segments by it."""
    base = slugify(name)[:32] or "segment"
    used = set(
        Segment.objects.filter(version__company=version.company, code__startswith=base).values_list(
            "code", flat=True
        )
    )
    return next(code for n in range(len(used) + 1) if (code := f"{base}-{n + 1}" if n else base) not in used)


def _write_order(standing: Sequence[Segment]) -> None:
    for position, segment in enumerate(standing, start=1):
        segment.position = position
    Segment.objects.bulk_update(standing, ["position"])
