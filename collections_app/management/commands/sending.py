"""``manage.py sending``: whether messages leave, and the switch that stops them."""

from typing import Any

from django.core.management.base import CommandParser

from collections_app.correspondence import sending_pauses
from collections_app.correspondence.sending_pauses import SendingPause
from collections_app.ledger import companies
from collections_app.lib import clock
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """A restore pauses first of all, and a person resumes when they have looked."""

    help = (
        "Tell what keeps messages from leaving; --pause REASON stops them, --resume lets them leave again: "
        "those of one company, or of all of them."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--company", metavar="CODE", help="this company's; the whole product's without it"
        )
        switch = parser.add_mutually_exclusive_group()
        switch.add_argument("--pause", metavar="REASON", help="nothing leaves from now on")
        switch.add_argument("--resume", action="store_true", help="messages leave again")

    def answer(self, **options: Any) -> Answer:
        company = companies.by_code(options["company"]) if options["company"] else None
        at = clock.now()
        if options["pause"] is not None:
            sending_pauses.pause(company=company, reason=options["pause"], by=None, at=at)
        if options["resume"]:
            sending_pauses.resume(company=company, by=None, at=at)
        standing = SendingPause.objects.filter(resumed_at__isnull=True).select_related("company")
        facts = [
            {
                "company": pause.company.code if pause.company else None,
                "reason": pause.reason,
                "since": pause.paused_at.isoformat(),
            }
            for pause in standing.order_by("paused_at", "pk")
        ]
        lines = [
            f"{fact['company'] or 'All companies'}: paused since {fact['since']}: {fact['reason']}"
            for fact in facts
        ]
        return Answer({"paused": facts}, *(lines or ["Messages leave as they are released."]))
