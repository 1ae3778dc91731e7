"""Has a worker try the draft of a letter on everybody and publish it, which takes longer than a page may."""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.dunning import letter_publishings
from collections_app.jobs import tasks
from collections_app.people.users import User

_log = logging.getLogger(__name__)


def start(draft: LetterTemplate, *, customers: int, note: str, by: User, at: dt.datetime) -> bool:
    """Ask for ``draft`` to be published; false when no worker could be told. Not in a transaction."""
    letter_publishings.ask(draft, customers=customers, at=at)
    try:
        tasks.publish_letter.delay(draft.pk, draft.revision, note, by.pk)
    except OperationalError:
        _log.exception("The broker could not be told of the letter %s.", draft.pk)
        letter_publishings.forget(draft)
        return False
    return True
