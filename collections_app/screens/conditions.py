"""The lines of a rule in a form: read from what was posted, changed by its buttons, and offered with what
fits each fact.

A rule is edited whole. Adding, taking out and choosing a fact only draw the form again; nothing is kept until
it is saved. Fields carry their line in their name: ``fact-0``, ``op-0``, ``value-0``, ``upto-0``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.segmentation.rules.conditions import CONDITIONS_MAX, Condition, Operator, Rule, operators
from collections_app.segmentation.rules.facts import FACTS, NUMERIC, Fact, Kind

UNITS = {Kind.DAYS: "days", Kind.PERCENT: "%"}
SUGGESTIONS_MAX = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One condition as it stands in the form, finished or not."""

    fact: str = ""
    op: str = ""
    value: str = ""
    upto: str = ""

    @property
    def known(self) -> Fact | None:
        return FACTS.get(self.fact)

    @property
    def offered(self) -> dict[str, Operator]:
        return operators(self.known) if self.known else {}

    @property
    def operator(self) -> Operator | None:
        return self.offered.get(self.op)

    @property
    def condition(self) -> Condition:
        if self.operator is None:
            return Condition(self.fact, self.op)
        if self.operator.values is None:
            return Condition(
                self.fact, self.op, tuple(part.strip() for part in self.value.split(",") if part.strip())
            )
        given = (self.value.strip(), self.upto.strip())[: self.operator.values]
        return Condition(self.fact, self.op, given)


@dataclass(frozen=True, slots=True)
class Lines:
    """All conditions of a form, and whether all or any of them must hold."""

    lines: tuple[Line, ...] = ()
    match: str = "all"

    @property
    def rule(self) -> Rule:
        """The rule they make; a line on which nothing was chosen counts for nothing."""
        return Rule(tuple(line.condition for line in self.lines if line.fact or line.value), self.match)

    def after(self, step: str) -> "Lines":
        """What a button of the form makes of them: ``add``, or ``drop-2`` for the third line."""
        verb, _, place = step.partition("-")
        if verb == "add" and len(self.lines) < CONDITIONS_MAX:
            return replace(self, lines=(*self.lines, Line()))
        if verb == "drop" and place.isdecimal():
            return replace(self, lines=tuple(line for n, line in enumerate(self.lines) if n != int(place)))
        return self


def read(posted: Mapping[str, str]) -> Lines:
    """What was posted. Where the operator does not fit the fact chosen anew, the first
    that fits stands in.
    """
    count = posted.get("lines", "0")
    places = range(min(int(count), CONDITIONS_MAX + 1)) if count.isdecimal() else range(0)
    return Lines(tuple(_line(posted, place) for place in places), posted.get("match", "all"))


def of(rule: Rule) -> Lines:
    """The lines that show a stored rule."""
    return Lines(tuple(_shown(condition) for condition in rule.conditions), rule.match)


def _line(posted: Mapping[str, str], place: int) -> Line:
    fact, op, value, upto = (
        posted.get(f"{name}-{place}", "")[:2000] for name in ("fact", "op", "value", "upto")
    )
    line = Line(fact, op, value, upto)
    return line if line.operator or not line.offered else replace(line, op=next(iter(line.offered)))


def _shown(condition: Condition) -> Line:
    values = condition.values
    if condition.op in ("one_of", "none_of"):
        return Line(condition.fact, condition.op, ", ".join(values))
    value, upto = (*values, "", "")[:2]
    return Line(condition.fact, condition.op, value, upto)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a select."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line with everything its template shows."""

    place: int
    line: Line
    facts: Sequence[tuple[str, Sequence[Choice]]]
    ops: Sequence[Choice]
    unit: str
    help: str
    suggestions: Sequence[str] = field(default_factory=tuple)

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def values(self) -> int:
        """How many fields for values it shows; a list is written in one."""
        operator = self.line.operator
        return 0 if operator is None else 1 if operator.values is None else operator.values

    @property
    def is_list(self) -> bool:
        return self.line.operator is not None and self.line.operator.values is None

    @property
    def is_yes_no(self) -> bool:
        return self.line.known is not None and self.line.known.kind == Kind.YES_NO

    @property
    def way(self) -> str:
        """How the value is written; a field of another way is another field, its text not kept."""
        return (
            "list" if self.is_list else "yes-no" if self.is_yes_no else "number" if self.is_number else "text"
        )

    @property
    def is_number(self) -> bool:
        return self.line.known is not None and self.line.known.kind in NUMERIC


def rows(lines: Lines, *, company: Company) -> list[Row]:
    """The lines as the template shows them; one query for each text fact that is asked about."""
    return [_row(place, line, company) for place, line in enumerate(lines.lines)]


def _row(place: int, line: Line, company: Company) -> Row:
    fact = line.known
    unit = "" if fact is None else company.currency if fact.kind == Kind.MONEY else UNITS.get(fact.kind, "")
    return Row(
        place=place,
        line=line,
        facts=_facts(line.fact),
        ops=[Choice(each.code, each.label, each.code == line.op) for each in line.offered.values()],
        unit=unit,
        help=fact.help if fact else "",
        suggestions=_suggested(fact, company) if fact and fact.kind == Kind.TEXT else (),
    )


def _facts(chosen: str) -> list[tuple[str, list[Choice]]]:
    by_topic: Iterable[tuple[str, Iterable[Fact]]] = groupby(
        FACTS.values(), key=lambda fact: fact.topic.value
    )
    return [
        (topic, [Choice(fact.code, fact.label, fact.code == chosen) for fact in facts])
        for topic, facts in by_topic
    ]


def _suggested(fact: Fact, company: Company) -> list[str]:
    """Values that customers of the company have; none for what nearly each has for themselves."""
    if fact.code in ("name", "number"):
        return []
    known = Customer.objects.filter(company=company).exclude(**{fact.code: ""})
    return list(known.order_by(fact.code).values_list(fact.code, flat=True).distinct()[:SUGGESTIONS_MAX])
