"""How reading a company's mailbox went when it was last tried: one that nobody can open is no secret."""

import datetime as dt

from django.db import models

from collections_app.ledger.companies import Company

SENTENCE_LETTERS_MAX = 300


class MailboxState(models.Model):
    """When the mailbox was last read to its end, and what is wrong with it since when."""

    company = models.OneToOneField(
        Company, primary_key=True, on_delete=models.CASCADE, related_name="mailbox_state"
    )
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=SENTENCE_LETTERS_MAX, blank=True)
    problem_since = models.DateTimeField(null=True)

    class Meta:
        db_table = "mailbox_state"
        constraints = [
            models.CheckConstraint(
                name="mailbox_with_a_problem_says_since_when",
                condition=models.Q(problem="", problem_since__isnull=True)
                | (~models.Q(problem="") & models.Q(problem_since__isnull=False)),
            ),
        ]


def of(company: Company) -> MailboxState | None:
    """The state of a company's mailbox; None while none was read."""
    return MailboxState.objects.filter(company=company).first()


def went_well(company: Company, *, at: dt.datetime) -> None:
    """It was read to its end."""
    MailboxState.objects.update_or_create(
        company=company, defaults={"read_at": at, "problem": "", "problem_since": None}
    )


def went_wrong(company: Company, problem: str, *, at: dt.datetime) -> None:
    """It could not be read; the first such moment stays."""
    state, _ = MailboxState.objects.get_or_create(company=company)
    state.problem, state.problem_since = problem[:SENTENCE_LETTERS_MAX], state.problem_since or at
    state.save(update_fields=["problem", "problem_since"])
