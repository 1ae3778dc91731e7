"""Charts as places on a page: columns that are stacked, lines, and small lines beside a figure. Pure
geometry; the templates draw it as SVG, and a table of the same figures stands behind each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 640, 230
LEFT, TOP, BOTTOM, RIGHT = 52, 12, 26, 24
PLOT_WIDTH, PLOT_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
SPARK_WIDTH, SPARK_HEIGHT = 120, 26
TICKS = 4
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

Values = Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot with what it stands for."""

    y: str
    label: str


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a column, by its place among the parts."""

    place: int
    y: str
    height: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``label_x`` is its middle."""

    x: str
    width: str
    label_x: str
    label: str
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, where it ends, and its name."""

    name: str
    place: int
    points: str
    end_y: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a template draws. ``band`` is the outline of the gap between the first two lines."""

    ticks: list[Tick]
    columns: list[Column]
    lines: list[Line]
    labels: list[tuple[str, str]]
    band: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 8


def short(value: Decimal) -> str:
    """A figure at an axis: 1.2m, 300k, 45."""
    for size, letter in ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(1000), "k")):
        if abs(value) >= size:
            return f"{(value / size).quantize(Decimal('0.1')).normalize():f}{letter}"
    return f"{value.normalize():f}"


def stacked(labels: Sequence[str], columns: Sequence[Sequence[tuple[Decimal, str]]]) -> Chart:
    """Columns of parts (amount, words), the first part at the foot. From zero; a part below zero is left
    out.
    """
    tallest = max(
        (sum(max(amount, Decimal(0)) for amount, _ in parts) for parts in columns), default=Decimal(0)
    )
    top, ticks = _axis(Decimal(tallest))
    step = Decimal(PLOT_WIDTH) / max(1, len(columns))
    found = []
    for number, (label, parts) in enumerate(zip(labels, columns, strict=True)):
        x = LEFT + step * number + step / 8
        found.append(Column(_n(x), _n(step * 3 / 4), _n(x + step * 3 / 8), label, _boxes(parts, top)))
    return Chart(ticks, found, [], [(column.label_x, column.label) for column in found])


def lines(labels: Sequence[str], series: Sequence[tuple[str, Values]], *, has_band: bool = False) -> Chart:
    """Lines over the same labels; a missing value breaks nothing, it is passed over."""
    known = [value for _, values in series for value in values if value is not None]
    top, ticks = _axis(max(known, default=Decimal(0)))
    step = Decimal(PLOT_WIDTH) / max(1, len(labels) - 1)
    xs = [LEFT + step * number for number in range(len(labels))]
    drawn = [
        Line(name, place, _points(xs, values, top), _n(_y(_last(values), top)))
        for place, (name, values) in enumerate(series)
    ]
    band = ""
    if has_band:
        upper, lower = (list(zip(xs, values, strict=True)) for _, values in series[:2])
        outline = [*upper, *reversed(lower)]
        band = " ".join(f"{_n(x)},{_n(_y(value, top))}" for x, value in outline if value is not None)
    return Chart(ticks, [], drawn, [(_n(x), label) for x, label in zip(xs, labels, strict=True)], band)


# Two amounts of a column with their words, and what is told above both.
Pair = tuple[tuple[Decimal, str], tuple[Decimal, str], str]


def paired(labels: Sequence[str], pairs: Sequence[Pair]) -> Chart:
    """Two columns beside each other for each label, from zero. What is told above both is the label of the
    second column.
    """
    tallest = max((max(first[0], second[0]) for first, second, _ in pairs), default=Decimal(0))
    top, ticks = _axis(tallest)
    step = Decimal(PLOT_WIDTH) / max(1, len(pairs))
    found = []
    for number, (first, second, told) in enumerate(pairs):
        middle = LEFT + step * number + step / 2
        for place, (amount, words) in enumerate((first, second)):
            x, height = middle + step * 3 / 8 * (place - 1), max(Decimal(0), amount) / top * PLOT_HEIGHT
            box = Box(place, _n(TOP + PLOT_HEIGHT - height), _n(height), words)
            found.append(Column(_n(x), _n(step * 3 / 8), _n(middle), told if place else "", [box]))
    middles = [_n(LEFT + step * number + step / 2) for number in range(len(pairs))]
    return Chart(ticks, found, [], list(zip(middles, labels, strict=True)))


# How the boxes of a waterfall are told apart: an end, a step up, a step down.
END, UP, DOWN = 0, 1, 2


def waterfall(opening: Decimal, steps: Sequence[tuple[str, Decimal, str]]) -> Chart:
    """A column for the opening, one from where it stood to where it stands for each step (label, where it
    stands after it, words), and one for the end.
    """
    closing = steps[-1][1] if steps else opening
    top, ticks = _axis(max(opening, *(after for _, after, _ in steps)) if steps else opening)
    width = Decimal(PLOT_WIDTH) / (len(steps) + 2)
    spans = [("Before", Decimal(0), opening, END, f"{opening:.1f}")]
    stands = opening
    for label, after, words in steps:
        spans.append((label, stands, after, UP if after >= stands else DOWN, words))
        stands = after
    spans.append(("After", Decimal(0), closing, END, f"{closing:.1f}"))
    found = []
    for number, (label, first, last, place, words) in enumerate(spans):
        x, high, low = LEFT + width * number + width / 8, max(first, last), max(Decimal(0), min(first, last))
        height = max(Decimal(1), (high - low) / top * PLOT_HEIGHT)
        box = Box(place, _n(_y(high, top)), _n(height), words)
        found.append(Column(_n(x), _n(width * 3 / 4), _n(x + width * 3 / 8), label, [box]))
    return Chart(ticks, found, [], [(column.label_x, column.label) for column in found])


def spark(values: Values, *, from_zero: bool = False) -> str:
    """The points of a small line between its own least and most; ``from_zero``: above nothing."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    least = Decimal(0) if from_zero else min(known)
    span = (max(known) - least) or Decimal(1)
    step = Decimal(SPARK_WIDTH - 4) / (len(values) - 1)
    return " ".join(
        f"{_n(2 + step * number)},{_n(SPARK_HEIGHT - 3 - (value - least) / span * (SPARK_HEIGHT - 6))}"
        for number, value in enumerate(values)
        if value is not None
    )


def _boxes(parts: Sequence[tuple[Decimal, str]], top: Decimal) -> list[Box]:
    found, so_far = [], Decimal(0)
    for place, (amount, words) in enumerate(parts):
        if amount > 0:
            height = amount / top * PLOT_HEIGHT
            so_far += amount
            found.append(Box(place, _n(_y(so_far, top)), _n(height), words))
    return found


def _axis(most: Decimal) -> tuple[Decimal, list[Tick]]:
    """A round top at or above ``most``, and lines in even steps from zero."""
    if most <= 0:
        most = Decimal(1)
    power = Decimal(10) ** (most / TICKS).adjusted()
    step = next((power * size for size in STEPS if power * size * TICKS >= most), power * Decimal(10))
    top = step * TICKS
    return top, [Tick(_n(_y(step * number, top)), short(step * number)) for number in range(TICKS + 1)]


def _points(xs: Sequence[Decimal], values: Values, top: Decimal) -> str:
    return " ".join(
        f"{_n(x)},{_n(_y(value, top))}" for x, value in zip(xs, values, strict=True) if value is not None
    )


def _last(values: Values) -> Decimal:
    return next((value for value in reversed(values) if value is not None), Decimal(0))


def _y(value: Decimal, top: Decimal) -> Decimal:
    return TOP + PLOT_HEIGHT - value / top * PLOT_HEIGHT


def _n(value: Decimal | int) -> str:
    return f"{Decimal(value).quantize(Decimal('0.1')):f}"
