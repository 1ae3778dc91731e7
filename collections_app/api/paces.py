"""How often a system may ask, and how often somebody without a token."""

import datetime as dt

from collections_app.lib import paces
from collections_app.lib.paces import Pace
from collections_app.systems.system_rows import System

# From one address, for whoever shows no token that stands: enough to read the document and to mistype.
STRANGERS_PER_MINUTE = 60
WHAT = "the API"


def take(system: System, *, at: dt.datetime) -> Pace:
    """Count one question of ``system``."""
    return paces.take(WHAT, f"system:{system.pk}", most=system.requests_per_minute, at=at)


def take_of_stranger(place: str, *, at: dt.datetime) -> Pace:
    """Count one question that came from ``place`` without a token that stands."""
    return paces.take(WHAT, f"stranger:{place}", most=STRANGERS_PER_MINUTE, at=at)
