"""Claims: one person has a customer open at a time, for as long as they come back to it."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.db import connection

from collections_app.chase import claims
from collections_app.chase.claims import LEASE_MINUTES, Claim
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
LEASE = dt.timedelta(minutes=LEASE_MINUTES)
SECOND = dt.timedelta(seconds=1)


def desk() -> tuple[Customer, User, User]:
    company = company_of()
    rows = load('customer 100 "Harrow Tools"', company=company, today=AT.date())
    return rows.customers["100"], person(company, "priya"), person(company, "tom")


@pytest.mark.django_db
def test_who_opens_a_customer_first_has_it() -> None:
    harrow, priya, tom = desk()

    assert claims.claim(customer=harrow, user=priya, at=AT).user == priya
    assert claims.claim(customer=harrow, user=tom, at=AT + SECOND).user == priya
    assert claims.held_by_others(customers=[harrow.pk], user=tom, at=AT) == {harrow.pk: priya}
    assert claims.held_by_others(customers=[harrow.pk], user=priya, at=AT) == {}


@pytest.mark.django_db
def test_coming_back_renews_it_and_keeps_its_beginning() -> None:
    harrow, priya, tom = desk()
    claims.claim(customer=harrow, user=priya, at=AT)

    assert claims.take(customer_id=harrow.pk, user=priya, at=AT + LEASE - SECOND)
    claim = Claim.objects.get()
    assert (claim.claimed_at, claim.until) == (AT, AT + 2 * LEASE - SECOND)
    assert not claims.take(customer_id=harrow.pk, user=tom, at=AT + LEASE + SECOND)


@pytest.mark.django_db
def test_it_ends_by_itself_and_a_colleague_takes_over() -> None:
    harrow, priya, tom = desk()
    claims.claim(customer=harrow, user=priya, at=AT)

    assert claims.held_by_others(customers=[harrow.pk], user=tom, at=AT + LEASE) == {}
    assert claims.claim(customer=harrow, user=tom, at=AT + LEASE).user == tom
    assert not claims.take(customer_id=harrow.pk, user=priya, at=AT + LEASE + SECOND)


@pytest.mark.django_db
def test_letting_go_frees_ones_own_claim_only() -> None:
    harrow, priya, tom = desk()
    claims.claim(customer=harrow, user=priya, at=AT)

    claims.release(customer_id=harrow.pk, user=tom)
    assert Claim.objects.exists()
    claims.release(customer_id=harrow.pk, user=priya)
    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_ask_in_the_same_instant_one_gets_it() -> None:
    harrow, *_ = desk()
    users = [person(harrow.company, f"user{number}") for number in range(8)]
    barrier, given = Barrier(len(users)), []

    def ask(user: User) -> None:
        barrier.wait()
        if claims.take(customer_id=harrow.pk, user=user, at=AT):
            given.append(user)
        connection.close()

    threads = [Thread(target=ask, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == 1
    assert Claim.objects.get().user == given[0]
