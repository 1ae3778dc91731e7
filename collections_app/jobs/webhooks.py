"""Tells connected systems what happened to orders; a setting says whether this machine itself may be told."""

import datetime as dt

from django.conf import settings

from collections_app.lib import turns
from collections_app.systems import deliveries
from collections_app.systems.deliveries import ROUND_SECONDS, Counts


def send(*, round_seconds: float = ROUND_SECONDS, at: dt.datetime) -> Counts:
    """Gather and send what is due; any number of workers may."""
    allows = settings.WEBHOOKS_TO_LOOPBACK
    return deliveries.send_due(allows_loopback=allows, round_seconds=round_seconds, at=at)


def send_in_turn(*, at: dt.datetime) -> Counts | None:
    """Send unless somebody is at it: a slow address keeps one worker busy, and not all."""
    with turns.held("webhooks", 0, wait=False) as is_ours:
        return send(at=at) if is_ours else None
