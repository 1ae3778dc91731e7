"""Asks the table of deeds on behalf of a verb."""

from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


def require(user: User | None, deed: Deed) -> None:
    """Refused unless ``user`` may do ``deed``. Nobody is the clock or the operator, who may do everything."""
    if user is not None and not user.may(deed):
        raise Refused.because("not_allowed", f"Your role does not include this: {deed.value}.")
