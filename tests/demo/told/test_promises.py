"""What the cast promised: by instalments, for the second and third time, and what a night makes of it."""

from django.db.models import Count, Sum

from collections_app.contact import endings
from collections_app.contact.promised import Promise, PromiseInstalment
from collections_app.ledger.companies import Company
from tests import cast
from tests.demo.conftest import AT, TODAY


def test_yarcombe_pays_by_two_instalments() -> None:
    promise = Promise.objects.get(customer__number=cast.YARCOMBE.number, state="running")
    parts = promise.instalments.order_by("number")

    assert [(part.state, int(part.amount)) for part in parts] == [("running", 1120), ("running", 640)]
    assert (promise.said_by, promise.said_by_role, promise.how) == (
        "Ruth Price",
        "practice manager",
        "bank_transfer",
    )


def test_kesterby_promised_the_same_invoice_three_times() -> None:
    told = Promise.objects.filter(customer__number=cast.KESTERBY.number).order_by("recorded_at")
    assert list(told.values_list("level", "broken_before", "state")) == [
        (1, 0, "broken"),
        (2, 1, "broken"),
        (3, 2, "broken"),
    ]


def test_every_promise_is_the_sum_of_its_instalments_and_stands_at_one_of_them() -> None:
    summed = PromiseInstalment.objects.values("promise").annotate(whole=Sum("amount"), count=Count("pk"))
    whole = {row["promise"]: row["whole"] for row in summed}
    assert all(whole[promise.pk] == promise.amount for promise in Promise.objects.all())
    assert PromiseInstalment.objects.current().count() == Promise.objects.count()


def test_a_second_night_of_the_day_changes_nothing() -> None:
    for company in Company.objects.all():
        assert endings.settle(company=company, today=TODAY, at=AT) == 0
