"""A dunning block: we do not remind a customer, of anything or of one invoice, up to and with a day.

Standing until it is lifted or its day has passed; the night writes down which have. Anybody who works
customers places one, with a reason; it always ends. It is no credit hold: what they order is delivered. The
chase list goes on showing the customer, since a person decides whether to call.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q

from collections_app.activity.events import Event
from collections_app.contact import versions
from collections_app.dunning.rules import blocking
from collections_app.dunning.rules.blocking import TERMS, WORDS_LETTERS_MAX, BlockReason, BlockState, Wish
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


class BlockQuerySet(models.QuerySet["Block"]):
    """Words for blocks."""

    def standing(self) -> "BlockQuerySet":
        """Neither lifted nor expired."""
        return self.filter(state=BlockState.STANDING)

    def in_force(self, today: dt.date) -> "BlockQuerySet":
        """Standing, and their last day has not passed, also where the night has not looked yet."""
        return self.standing().filter(until__gte=today)


class Block(models.Model):
    """That we do not remind, why, until when, and who said so. Without ``invoice`` of nothing at all."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=20, choices=[(one.value, TERMS[one].label) for one in BlockReason])
    words = models.CharField(max_length=WORDS_LETTERS_MAX, blank=True)
    until = models.DateField()
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in BlockState])
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    placed_at = models.DateTimeField()
    # Empty when its day has passed.
    lifted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    # Counts the changes: a form that saw an older one is refused.
    version = models.PositiveIntegerField(default=1)
    # The key of the form that wrote it: the same form posted twice has one effect.
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    objects: ClassVar[BlockQuerySet] = BlockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "dunning_block"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "invoice"],
                condition=Q(state="standing"),
                nulls_distinct=False,
                name="dunning_block_stands_once_for_what_it_blocks",
            ),
            models.CheckConstraint(
                name="dunning_block_has_a_known_reason",
                condition=Q(reason__in=[reason.value for reason in BlockReason]),
            ),
            models.CheckConstraint(
                name="dunning_block_of_another_reason_says_which",
                condition=~Q(reason="other") | ~Q(words=""),
            ),
            models.CheckConstraint(
                name="dunning_block_that_ended_says_when_and_one_lifted_by_whom",
                condition=Q(state="standing", ended_at__isnull=True, lifted_by__isnull=True)
                | Q(state="lifted", ended_at__isnull=False, lifted_by__isnull=False)
                | Q(state="expired", ended_at__isnull=False, lifted_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["company", "until"],
                condition=Q(state="standing"),
                name="dunning_block_standing",
            ),
            models.Index(fields=["customer", "-placed_at"], name="dunning_block_by_customer"),
        ]

    def __str__(self) -> str:
        return blocking.told(self.reason, self.words)

    def problems_of_lifting(self, by: User, *, today: dt.date) -> list[Problem]:
        """Why ``by`` may not let reminders go on before the day. Buttons ask this too."""
        placed_on = self.company.today(at=self.placed_at)
        return blocking.problems_of_lifting(
            reason=self.reason,
            may_work=by.may(Deed.WORK_CUSTOMERS),
            may_lift_grave=by.may(Deed.LIFT_GRAVE_BLOCKS),
            is_own_of_today=self.placed_by_id == by.pk and placed_on == today,
        )


def standing_of(customer: Customer, *, today: dt.date) -> list[Block]:
    """What is blocked of a customer, with whose block it is and its invoice; that of everything first. One
    query.
    """
    return STANDING.of(customer.pk, today)


STANDING = KeptQuery(
    lambda customer, today: (
        Block.objects.in_force(today)
        .filter(customer=customer)
        .select_related("company", "placed_by", "invoice")
        .order_by(F("invoice").asc(nulls_first=True), "until")
    ),
    *("bigint", "date"),
)


def place(
    *,
    customer: Customer,
    invoice: Invoice | None = None,
    reason: str,
    words: str = "",
    until: dt.date,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Block:
    """Block reminders of ``customer``, or of one invoice, up to and with ``until``. The same ``form_key``
    twice gives the block that is there. Raises ``Refused`` with every problem.
    """
    with _holding(customer):
        if form_key and (written := Block.objects.filter(form_key=form_key).first()):
            return written
        today = customer.company.today(at=at)
        _expire_passed(customer, invoice, today=today, at=at)
        stands = Block.objects.standing().filter(customer=customer, invoice=invoice)
        there = stands.select_related("placed_by").first()
        wish = Wish(
            reason=reason,
            words=words,
            until=until,
            today=today,
            may_work=by.may(Deed.WORK_CUSTOMERS),
            is_theirs=invoice is None or invoice.customer_id == customer.pk,
            standing_until=there.until if there else None,
            standing_by=str(there.placed_by) if there else "",
        )
        if problems := blocking.problems_of(wish):
            raise Refused(problems)
        made = Block.objects.create(
            company=customer.company,
            customer=customer,
            invoice=invoice,
            reason=reason,
            words=words.strip(),
            until=until,
            state=BlockState.STANDING,
            placed_by=by,
            placed_at=at,
            form_key=form_key,
        )
        _event(
            "placed", f"No reminders {_of(made)}until {until:%-d %B %Y}: {made}", made, by=by, at=at
        ).save()
    return made


def lift(block: Block, *, version: int | None = None, by: User, at: dt.datetime) -> Block:
    """Let reminders go on before the day. Twice has one effect. Raises ``Refused`` when ``by`` may not, or
    when it changed since ``version``.
    """
    with _holding(block.customer):
        block.refresh_from_db()
        if block.state != BlockState.STANDING:
            return block
        today = block.company.today(at=at)
        if problems := _changed_since(block, version) or block.problems_of_lifting(by, today=today):
            raise Refused(problems)
        block.state, block.lifted_by, block.ended_at = BlockState.LIFTED, by, at
        _keep(block, "lifted", f"Reminders {_of(block)}go on: {block}", by=by, at=at)
    return block


def move(block: Block, *, until: dt.date, version: int | None = None, by: User, at: dt.datetime) -> Block:
    """Another last day, counted from today like that of a new block. Raises ``Refused``."""
    with _holding(block.customer):
        block.refresh_from_db()
        if problems := _changed_since(block, version):
            raise Refused(problems)
        if block.state != BlockState.STANDING:
            raise Refused.because("not_standing", "This block has ended. Place a new one.")
        if until == block.until:
            return block
        today = block.company.today(at=at)
        wish = Wish(
            reason=block.reason,
            words=block.words,
            until=until,
            today=today,
            may_work=by.may(Deed.WORK_CUSTOMERS),
        )
        sooner = block.problems_of_lifting(by, today=today) if until < block.until else []
        if problems := blocking.problems_of(wish) + sooner:
            raise Refused(dict.fromkeys(problems))
        was, block.until = block.until, until
        summary = f"No reminders {_of(block)}until {until:%-d %B %Y} instead of {was:%-d %B %Y}: {block}"
        _keep(block, "moved", summary, by=by, at=at)
    return block


def expire(*, company: Company, today: dt.date, at: dt.datetime) -> int:
    """Write down which blocks have ended by themselves; how many. Running twice ends none twice."""
    passed = Block.objects.standing().filter(company=company, until__lt=today)
    with transaction.atomic():
        # A customer first, then what is theirs, as by everybody; who is just writing about one has it later.
        customers = Customer.objects.filter(pk__in=passed.values("customer")).order_by("pk")
        held = list(customers.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))
        return _end(passed.filter(customer__in=held), at=at)


def _expire_passed(customer: Customer, invoice: Invoice | None, *, today: dt.date, at: dt.datetime) -> None:
    """One whose day has passed makes room for the next, also before the night has looked."""
    _end(Block.objects.standing().filter(customer=customer, invoice=invoice, until__lt=today), at=at)


def _end(passed: BlockQuerySet, *, at: dt.datetime) -> int:
    ended = list(passed.select_related("invoice"))
    for block in ended:
        block.state, block.ended_at, block.version = BlockState.EXPIRED, at, block.version + 1
    Block.objects.bulk_update(ended, ["state", "ended_at", "version"], batch_size=1000)
    Event.objects.bulk_create(
        [_event("expired", f"Reminders {_of(each)}go on: {each}", each, by=None, at=at) for each in ended]
    )
    return len(ended)


@contextmanager
def _holding(customer: Customer) -> Iterator[None]:
    with transaction.atomic():
        lock_customer(customer.pk)
        yield


def _changed_since(block: Block, seen: int | None) -> list[Problem]:
    return versions.problems_of_version(
        "block",
        pk=block.pk,
        company=block.company,
        customer_id=block.customer_id,
        version=block.version,
        seen=seen,
    )


def _keep(block: Block, what: str, summary: str, *, by: User, at: dt.datetime) -> None:
    block.version += 1
    block.save()
    _event(what, summary, block, by=by, at=at).save()


def _of(block: Block) -> str:
    return f"of {block.invoice.number} " if block.invoice else ""


def _event(what: str, summary: str, block: Block, *, by: User | None, at: dt.datetime) -> Event:
    facts = {"block": block.pk, "version": block.version, "reason": block.reason, "invoice": block.invoice_id}
    return Event(
        company_id=block.company_id,
        customer_id=block.customer_id,
        what=f"block.{what}",
        summary=summary[:500],
        facts=facts,
        by=by,
        at=at,
    )
