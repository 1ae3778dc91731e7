"""``manage.py doctor``: what is wrong with this installation, in sentences. Exit code 1 when something is."""

from typing import Any

from collections_app.jobs import doctor
from collections_app.jobs.rules import WRONG
from collections_app.lib import clock
from collections_app.management.demo.staff import LARGER_STAFF, PASSWORD, STAFF
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Reads only; each sentence says what to do."""

    help = "Ask settings, database, Redis, workers and queues, and tell what is wrong."

    def answer(self, **options: Any) -> Answer:
        found = doctor.examine(
            known={person.username: PASSWORD for person in (*STAFF, *LARGER_STAFF)}, at=clock.now()
        )
        wrong = [each for each in found if each.level == WRONG]
        facts = {
            "ok": not wrong,
            "findings": [
                {"level": each.level, "code": each.code, "message": each.sentence} for each in found
            ],
        }
        lines = [f"{'Wrong' if each.level == WRONG else 'Look'}: {each.sentence}" for each in found]
        return Answer(facts, *(lines or ["All is well."]), ok=not wrong)
