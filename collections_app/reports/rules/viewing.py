"""When a view of the dashboard may be kept under a name. Pure."""

from collections.abc import Collection

from collections_app.lib.refusals import Problem

NAME_LENGTH_MAX = 60
VIEWS_MAX = 30
# What of a filter is kept. Not its day: a view is of today whenever it is opened.
KEPT = ("currency", "into", "segment", "collector", "salesperson", "country")


def problems_of_view(name: str, others: Collection[str]) -> list[Problem]:
    """What stands in the way of ``name`` beside the names of the ``others`` with the same owner."""
    found = []
    if not name:
        found.append(Problem("name_missing", "Give the view a name."))
    if len(name) > NAME_LENGTH_MAX:
        found.append(Problem("name_long", f"A name has at most {NAME_LENGTH_MAX} letters."))
    if name.casefold() in {each.casefold() for each in others}:
        found.append(Problem("name_taken", f"There is a view “{name}” already. Choose another name."))
    if len(others) >= VIEWS_MAX:
        found.append(
            Problem("too_many", f"There are {VIEWS_MAX} views already. Remove one that nobody opens.")
        )
    return found
