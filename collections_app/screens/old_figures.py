"""That figures are too old to remind by: said plainly wherever somebody counts on reminders to leave."""

from zoneinfo import ZoneInfo

from collections_app.dunning import stops
from collections_app.dunning.rules import old_figures
from collections_app.screens.scoping import Scope


def notices(scope: Scope) -> list[str]:
    """A sentence for each kind of figures that keeps reminders from leaving; none on a good day."""
    zone = ZoneInfo(scope.company.time_zone)
    return [old_figures.notice(old, zone) for old in old_figures.of(stops.house_of(scope.company), scope.at)]
