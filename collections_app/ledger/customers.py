"""A customer: the company that owes. Its number is text and unique within one of our companies."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Func, Value
from django.db.models.expressions import RawSQL
from django.db.transaction import TransactionManagementError

from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.users import User

_FIND = Statement(__file__, "find_customer")
# The words of a search key, and its first one, the number, without leading zeros too. Core functions only,
# since PostgreSQL here has no trigrams: words are found by how they begin.
_TWICE = Func(
    F("search_key"),
    Value(" "),
    Func(F("search_key"), Value("0"), function="ltrim", output_field=models.TextField()),
    template="(%(expressions)s)",
    arg_joiner=" || ",
    output_field=models.TextField(),
)
_SPLIT = Func(_TWICE, Value(" "), function="string_to_array", output_field=models.TextField())
_FILLED = Func(_SPLIT, Value(""), function="array_remove", output_field=models.TextField())
WORDS = Func(_FILLED, function="array_to_tsvector", output_field=models.TextField())


def beginnings(key: str) -> str:
    """What the index of words is asked for a normalised ``key``, which is not empty."""
    # It has letters and digits only, so there is nothing in it to be quoted.
    return " & ".join(f"'{word}':*" for word in key.split())


def middles(key: str) -> list[str]:
    """A pattern for each word of a normalised ``key``: those first that fewest customers have, with digits
    and long, so that the others are seldom compared.
    """
    rarest = sorted(key.split(), key=lambda word: (word.isalpha(), -len(word)))
    return [f"%{word}%" for word in rarest]


class CustomerQuerySet(models.QuerySet["Customer"]):
    """Words for customers. Who may see which is told in ``segmentation.assignments``."""

    def sold_to_by(self, user: User) -> "CustomerQuerySet":
        """Customers whose salesperson is ``user``."""
        return self.filter(salesperson=user)

    def matching(self, key: str) -> "CustomerQuerySet":
        """Customers of whom every word of a normalised ``key`` begins a word of name or number; where there
        are none, those whose search key holds every word anywhere. Asks an index whether there are any.
        """
        begun = self._begun(key)
        return begun if begun.exists() else self.holding(middles(key))

    def first_matching(self, key: str, count: int) -> "list[Customer]":
        """The first ``count`` that match by name, in one query where words are found as they begin."""
        begun = list(self._begun(key).order_by("search_key", "pk")[:count])
        return begun or list(self.holding(middles(key)).order_by("search_key", "pk")[:count])

    def _begun(self, key: str) -> "CustomerQuerySet":
        return self.beginning(beginnings(key)) if key.split() else self

    def beginning(self, asked: str) -> "CustomerQuerySet":
        """Those with words that begin as ``beginnings`` asks."""
        # A function, because behind the wall around companies the index could not be used.
        return self.filter(pk__in=RawSQL("SELECT id FROM customers_begun(%s::tsquery) AS id", [asked]))

    def holding(self, patterns: list[str]) -> "CustomerQuerySet":
        """Those whose search key has all that ``middles`` asks."""
        # A function for the same reason.
        return self.filter(pk__in=RawSQL("SELECT id FROM customers_holding(%s) AS id", [patterns]))

    def after(self, last: "Customer") -> "CustomerQuerySet":
        """Those that follow ``last`` in the order of the search key; a page begins after the one before."""
        return self.filter(
            models.Q(search_key__gt=last.search_key) | models.Q(search_key=last.search_key, pk__gt=last.pk)
        )


class Customer(models.Model):
    """A company that buys from us on credit."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="customers")
    number = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    # lib.search_keys of number and name: what lists are searched and sorted by.
    search_key = models.CharField(max_length=300)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    currency = models.CharField(max_length=3)
    terms = models.CharField(max_length=40, blank=True)
    credit_limit = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, null=True, blank=True
    )
    language = models.CharField(max_length=5, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    address = models.TextField(blank=True)
    # What the accounts system calls this kind of customer: "key", "public sector", "watch" ... Segments read
    # it.
    classification = models.CharField(max_length=40, blank=True)
    # Named by the accounts system. The user is filled in when somebody here has that username.
    collector_code = models.CharField(max_length=150, blank=True)
    collector = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="collects"
    )
    salesperson_code = models.CharField(max_length=150, blank=True)
    salesperson = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="sells_to"
    )
    # Days after the due date by which the credit insurer must be told; empty when not insured.
    insurer_report_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # Their VAT or registration number, in capitals and without blanks: the same company at all of ours.
    tax_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()

    objects: ClassVar[CustomerQuerySet] = CustomerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "customer"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"], name="customer_number_is_unique_in_its_company"
            ),
            # What documents refer to: a customer of one company.
            models.UniqueConstraint(fields=["id", "company"], name="customer_is_of_one_company"),
            models.CheckConstraint(
                name="customer_is_not_its_own_parent", condition=~models.Q(parent=models.F("id"))
            ),
            models.CheckConstraint(name="customer_has_a_number", condition=~models.Q(number="")),
        ]
        indexes = [
            # In the order of names, and with all that finds a customer by the middle of one.
            models.Index(fields=["company", "search_key"], include=["id"], name="customer_by_key"),
            GinIndex(WORDS, name="customer_by_words"),
            # Who is meant by a report of one country.
            models.Index(fields=["company", "country"], include=["id"], name="customer_by_country"),
            # Where it is another time than with us.
            models.Index(
                fields=["company"],
                include=["id", "time_zone"],
                condition=~models.Q(time_zone=""),
                name="customer_by_time_zone",
            ),
            models.Index(
                fields=["tax_number"], condition=~models.Q(tax_number=""), name="customer_by_tax_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def is_sold_to_by(self, user: User) -> bool:
        """Whether ``user`` is its salesperson."""
        return self.salesperson_id == user.pk


def lock_customer(pk: int) -> Customer:
    """The customer as it stands, which nobody else changes anything of until the transaction ends. Raises
    ``Customer.DoesNotExist``, and ``TransactionManagementError`` outside of one.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A customer is locked until the transaction ends: begin one.")
    found = _LOCKED.first(pk)
    if found is None:
        raise Customer.DoesNotExist
    return found


_LOCKED = KeptQuery(lambda pk: Customer.objects.select_for_update(no_key=True).filter(pk=pk), "bigint")


def by_number(*, company: Company, number: str) -> Customer:
    """The customer with that number, for a door that was given one in words. Raises ``Refused`` when there is
    none, with the number that was meant where one is near.
    """
    found = Customer.objects.raw(_FIND.text, {"company": company.pk, "number": number})
    customer = next(iter(found), None)
    if customer is None:
        hint = near_hint(Customer.objects.filter(company=company), number)
        raise Refused.because(
            "unknown_customer", f"{company.name} has no customer with the number “{number}”.{hint}"
        )
    customer.company = company
    return customer


def near_hint(among: CustomerQuerySet, number: str) -> str:
    """Accounts systems differ in leading zeros, so the number without them is offered; empty when there is
    none.
    """
    core = number.lstrip("0")
    alike = among.filter(number__iendswith=core) if core else among.none()
    near = [each.number for each in alike.only("number")[:20] if _core(each.number) == core.lower()]
    return f" Did you mean {near[0]}?" if near else ""


def _core(number: str) -> str:
    return number.lstrip("0").lower()


def give_named(user: User) -> int:
    """Customers whose collector or salesperson the accounts system calls as ``user`` signs in; how many
    were filled in. Capitals make no difference. An import does the same for people who are here already.
    Within a transaction.
    """
    collects = Customer.objects.filter(collector_code__iexact=user.username, collector__isnull=True)
    sells_to = Customer.objects.filter(salesperson_code__iexact=user.username, salesperson__isnull=True)
    # Locked in the order of their ids, as by everybody who takes several customers at once.
    locking = (collects | sells_to).select_for_update(no_key=True).order_by("pk")
    ids = list(locking.values_list("pk", flat=True))
    return collects.filter(pk__in=ids).update(collector=user) + sells_to.filter(pk__in=ids).update(
        salesperson=user
    )
