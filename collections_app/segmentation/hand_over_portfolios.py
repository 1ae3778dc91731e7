"""Whether new customers pass too: a hand-over is of these customers only, or of the giver's portfolios as
well, and then the other one looks after whomever their rules take from its first day on.

Whom the accounts system names somebody for stays with them, whatever a portfolio says.
"""

import datetime as dt

from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.hand_over_rows import HandOver
from collections_app.segmentation.portfolio_rows import Portfolio


def theirs(company: Company, giver: User, portfolio: int | None = None) -> list[Portfolio]:
    """The portfolios that ``giver`` looks after, or the one with this id when it is theirs."""
    of_giver = [each for each in portfolios.of(company) if each.collector_id == giver.pk]
    return [each for each in of_giver if portfolio in (None, each.pk)]


def problems(chosen: list[Portfolio], *, is_part: bool) -> list[Problem]:
    """Why portfolios cannot pass with these customers, when that is wanted."""
    if is_part:
        text = "A portfolio passes as a whole: choose its customers without segment, country and amounts."
        return [Problem("portfolios", text)]
    if not chosen:
        return [Problem("portfolios", "None of the portfolios is theirs, so there is none that could pass.")]
    return []


def hand(made: HandOver, *, by: User | None, at: dt.datetime) -> list[int]:
    """The portfolios of a hand-over are the taker's now; those (ids) that still were the giver's."""
    return _pass(made, made.portfolios, was=made.giver, becomes=made.taker, by=by, at=at)


def give_back(made: HandOver, *, by: User, at: dt.datetime) -> None:
    """They are the giver's again, as far as nobody else was given them since."""
    _pass(made, made.passed.get("portfolios", []), was=made.taker, becomes=made.giver, by=by, at=at)


def _pass(
    made: HandOver, ids: list[int], *, was: User, becomes: User, by: User | None, at: dt.datetime
) -> list[int]:
    found = [each for each in portfolios.of(made.company) if each.pk in ids and each.collector_id == was.pk]
    for each in found:
        portfolios.change(
            portfolio=each, name=each.name, rule=each.conditions, collector=becomes, by=by, at=at
        )
    return [each.pk for each in found]
