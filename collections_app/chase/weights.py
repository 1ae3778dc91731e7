"""A weight: how many points a chase rule gives from a measure on. Editable by managers, for all or for one
segment.
"""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.db import models, transaction

from collections_app.activity import events
from collections_app.chase.rules.points import RULES, default_bands
from collections_app.chase.rules.weighing import Bands, problems_of_bands, said
from collections_app.ledger.companies import Company
from collections_app.lib.kept_queries import KeptRows
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


class Weight(models.Model):
    """``points`` for ``rule`` when its measure is at least ``at_least``; the highest band reached counts.

    A segment that has weights of its own for a rule uses only those; ``segment_code`` is empty for the
    others.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="chase_weights")
    segment_code = models.CharField(max_length=40, blank=True, default="")
    rule = models.CharField(max_length=40)
    at_least = models.DecimalField(max_digits=18, decimal_places=3)
    points = models.IntegerField()

    class Meta:
        db_table = "chase_weight"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "segment_code", "rule", "at_least"], name="weight_band_is_given_once"
            ),
        ]


_ANY = KeptRows(lambda company: Weight.objects.filter(company=company).values_list("pk")[:1], "bigint")


def ensure_default(*, company: Company) -> int:
    """Give a company that has no weights yet those that every company starts with; how many were written."""
    if _ANY.of(company.pk):
        return 0
    weights = [
        Weight(
            company=company,
            segment_code=band.segment_code,
            rule=band.rule,
            at_least=band.at_least,
            points=band.points,
        )
        for band in default_bands()
    ]
    return len(Weight.objects.bulk_create(weights, ignore_conflicts=True))


def by_rule(company: Company, *, segment_code: str = "") -> dict[str, list[tuple[Decimal, int]]]:
    """The weights of all segments, or the own ones of one segment, by rule and rising; those that every
    company starts with where none were written yet.
    """
    found: dict[str, list[tuple[Decimal, int]]] = defaultdict(list)
    standing = list(
        Weight.objects.filter(company=company).values_list("segment_code", "rule", "at_least", "points")
    ) or [(band.segment_code, band.rule, band.at_least, band.points) for band in default_bands()]
    for whose, rule, at_least, points in sorted(standing):
        if whose == segment_code:
            found[rule].append((at_least, points))
    return dict(found)


@transaction.atomic
def change(
    *, company: Company, rule: str, segment_code: str, bands: Bands, by: User | None, at: dt.datetime
) -> None:
    """Replace the weights of ``rule``, for all segments or for one. Refused with all problems.

    A segment without weights of its own goes by those of all segments. The chase list follows by its own
    refresh.
    """
    require(by, Deed.EDIT_SEGMENTS)
    if problems := problems_of_bands(rule, bands):
        raise Refused(problems)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    ensure_default(company=company)
    Weight.objects.filter(company=company, rule=rule, segment_code=segment_code).delete()
    Weight.objects.bulk_create(
        Weight(company=company, rule=rule, segment_code=segment_code, at_least=at_least, points=points)
        for at_least, points in bands
    )
    whose = f"for segment {segment_code}" if segment_code else "for all segments"
    now = "goes by the weights of all segments" if segment_code and not bands else f"gives {said(bands)}"
    facts = {
        "rule": rule,
        "segment": segment_code,
        "bands": [[str(at_least), points] for at_least, points in bands],
    }
    summary = f"chase rule “{RULES[rule].label}” {whose} {now}"
    events.record("weights.changed", summary, company=company, facts=facts, by=by, at=at)
