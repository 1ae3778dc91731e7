"""Why something cannot start, as a sentence for the person at the terminal.

Kept apart from `lib.refusals`: this room runs before the packages that the rest stands on are installed.
"""

from __future__ import annotations


class CannotStart(Exception):
    """Carries one or more sentences that say what is wrong and what to do; shown without a traceback."""
