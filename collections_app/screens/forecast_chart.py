"""The weeks of a forecast as places in a picture: a bar for what is expected, a broad mark where one week in
two ends, a line where four in five do. Pure geometry; the template draws it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.lib.money import ZERO

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, FOOT = 64, 8, 12, 28
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One week; all figures are in the units of the picture."""

    week: ForecastWeek
    x: int
    width: int
    middle: int
    top: int
    height: int
    top_50: int
    height_50: int
    mark_x: int
    mark_width: int
    top_80: int
    foot_80: int
    is_named: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the picture, and the amount it stands for."""

    y: int
    amount: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template draws."""

    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_x: int = LEFT - 6
    label_y: int = HEIGHT - 8


def picture(weeks: Sequence[ForecastWeek]) -> Picture:
    """The weeks side by side, from zero up to a round amount above the highest band."""
    step = _step(max((week.high_80 or week.expected for week in weeks), default=ZERO))
    top = step * LINES

    def y(amount: Decimal) -> int:
        return HEIGHT - FOOT - round((HEIGHT - FOOT - TOP) * amount / top)

    room = Decimal(WIDTH - LEFT - RIGHT) / max(1, len(weeks))
    bars = []
    for place, week in enumerate(weeks):
        x, width = round(LEFT + room * place + room / 6), round(room * 2 / 3)
        low_50, high_50 = week.low_50 or ZERO, week.high_50 or ZERO
        bars.append(
            Bar(
                week=week,
                x=x,
                width=width,
                middle=x + width // 2,
                top=y(week.expected),
                height=y(ZERO) - y(week.expected),
                top_50=y(high_50),
                height_50=max(2, y(low_50) - y(high_50)),
                mark_x=x + width // 2 - 4,
                mark_width=8,
                top_80=y(week.high_80 or ZERO),
                foot_80=y(week.low_80 or ZERO),
                is_named=place % 2 == 0,
            )
        )
    return Picture(bars, [Line(y(step * place), int(step) * place) for place in range(LINES + 1)])


def _step(most: Decimal) -> Decimal:
    """A round amount of which some make up ``most``: one, two or five, and noughts."""
    least = max(most / LINES, Decimal(1))
    size = Decimal(1).scaleb(least.adjusted())
    return next(size * step for step in STEPS if size * step >= least)
