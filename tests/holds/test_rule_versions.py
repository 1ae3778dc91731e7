"""Hold rules in versions: for the company, a segment, a customer."""

from decimal import Decimal
from typing import Any

import pytest

from collections_app.holds import rule_versions
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules import rule_sets
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import assignments, versions
from tests.desk import person
from tests.holds.selling import DAY, Shop, codes, held


def published(shop: Shop, rules: RuleSet | None, by: User, *, days: int = 0, **scope: object) -> None:
    draft = rule_versions.begin(company=shop.company, by=by, at=shop.at, **scope)  # type: ignore[arg-type]
    draft = rule_versions.edit(version=draft, rules=rules, revision=draft.revision, by=by, at=shop.at)
    rule_versions.publish(
        version=draft,
        revision=draft.revision,
        in_force_from=shop.today + DAY * days,
        by=None,
        at=shop.at,
    )


def test_a_company_begins_with_the_usual_rules(shop: Shop) -> None:
    usual = RuleSet(release_amount_max=Decimal(25_000))
    assert rule_versions.in_force(company=shop.company, day=shop.today).of(1, "key").rules == usual

    first = rule_versions.ensure_default(company=shop.company, by=None, at=shop.at)
    assert rule_versions.ensure_default(company=shop.company, by=None, at=shop.at) == first
    assert rule_versions.in_force(company=shop.company, day=shop.today).company.version_id == first.pk
    assert first.rules == usual


def test_the_nearest_rules_stand_wholly_and_the_wider_ones_again_when_they_end(
    shop: Shop, dana: User
) -> None:
    harrow = shop.rows.customers["100"]
    versions.ensure_default(company=shop.company, by=None, at=shop.at)
    assignments.assign(company=shop.company, today=shop.today)
    code = harrow.assignment.segment.code  # type: ignore[union-attr]
    shop.order("SO-1", "1")

    published(shop, RuleSet(overdue_days=120), dana, segment_code=code)
    shop.recheck()
    assert held() == []
    published(shop, RuleSet(overdue_days=30), dana, customer=harrow)
    shop.recheck()
    assert codes(Hold.objects.standing().get()) == ["overdue_days"]
    published(shop, None, dana, customer=harrow)
    shop.recheck()
    assert held() == []
    published(shop, None, dana, segment_code=code)
    shop.recheck()
    assert held() == ["SO-1"]


def test_of_rules_for_single_customers_only_those_of_whoever_is_asked_about_are_looked_up_and_read(
    shop: Shop, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    harrow, brandt = (shop.rows.customers[number] for number in ("100", "200"))
    published(shop, RuleSet(overdue_days=120), dana, customer=harrow)
    published(shop, RuleSet(overdue_days=7), dana, customer=brandt)
    read: list[dict[str, Any]] = []
    real = rule_sets.read

    def counted(kept: dict[str, Any]) -> RuleSet:
        read.append(kept)
        return real(kept)

    monkeypatch.setattr(rule_sets, "read", counted)
    scopes = rule_versions.in_force(company=shop.company, customers=[harrow.pk], day=shop.today)
    assert set(scopes.customers) == {harrow.pk}
    assert scopes.of(harrow.pk, "").rules == scopes.of(harrow.pk, "").rules == RuleSet(overdue_days=120)
    assert [kept["overdue_days"] for kept in read] == [120]

    whole = rule_versions.in_force(company=shop.company, day=shop.today)
    assert set(whole.customers) == {harrow.pk, brandt.pk}
    assert whole.of(brandt.pk, "").rules == RuleSet(overdue_days=7)
    assert len(read) == 2
    assert not shop.ask("10").decision.is_held
    assert not shop.ask("10", customer="200").decision.is_held
    assert len(read) == 4


def test_a_version_is_in_force_from_its_day_on_and_a_hold_names_the_one_it_was_decided_by(
    shop: Shop, dana: User
) -> None:
    shop.order("SO-1", "1", customer="200")
    published(shop, RuleSet(overdue_days=4), dana, days=2)

    shop.recheck(days=1)
    assert held() == []
    shop.recheck(days=2)
    assert held() == ["SO-1"]
    assert (Hold.objects.get().rules.number, Hold.objects.get().rules.rules) == (2, RuleSet(overdue_days=4))


def test_somebody_who_was_slower_is_told(shop: Shop, dana: User) -> None:
    draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
    assert rule_versions.begin(company=shop.company, by=dana, at=shop.at) == draft
    rule_versions.edit(version=draft, rules=RuleSet(), revision=0, by=dana, at=shop.at)

    with pytest.raises(Refused, match="Somebody else changed this draft"):
        rule_versions.edit(version=draft, rules=RuleSet(), revision=0, by=dana, at=shop.at)
    rule_versions.discard(version=draft, revision=1, by=dana, at=shop.at)
    with pytest.raises(Refused, match="published or discarded meanwhile"):
        rule_versions.publish(version=draft, revision=1, in_force_from=shop.today, by=dana, at=shop.at)


def test_it_refuses_wrong_settings_a_past_day_and_whoever_may_not(shop: Shop, dana: User, sam: User) -> None:
    with pytest.raises(Refused, match="edit the rules that hold orders"):
        rule_versions.begin(company=shop.company, by=sam, at=shop.at)
    draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
    with pytest.raises(Refused, match="days overdue is from 0 to 720"):
        rule_versions.edit(version=draft, rules=RuleSet(overdue_days=721), revision=0, by=dana, at=shop.at)
    with pytest.raises(Refused, match="follow no wider ones"):
        rule_versions.edit(version=draft, rules=None, revision=0, by=dana, at=shop.at)
    with pytest.raises(Refused, match="from today on"):
        rule_versions.publish(version=draft, revision=0, in_force_from=shop.today - DAY, by=dana, at=shop.at)


def test_rules_that_let_more_through_are_published_by_somebody_else_than_whoever_wrote_them(
    shop: Shop, dana: User
) -> None:
    order = shop.order("SO-1", "1").order
    draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
    looser = RuleSet(overdue_days=None, limit_percent=None)
    draft = rule_versions.edit(version=draft, rules=looser, revision=0, by=dana, at=shop.at)

    def publish(by: User, revision: int) -> None:
        rule_versions.publish(version=draft, revision=revision, in_force_from=shop.today, by=by, at=shop.at)

    with pytest.raises(Refused, match="you kept them last: another manager"):
        publish(dana, 1)
    ada = person(shop.company, "ada", Role.ADMINISTRATOR)
    # Looking at it again and keeping it as it is does not make it hers.
    rule_versions.edit(version=draft, rules=looser, revision=1, by=ada, at=shop.at)
    with pytest.raises(Refused, match="you kept them last"):
        publish(dana, 2)
    publish(ada, 2)
    shop.recheck()
    assert (held(), order.number) == ([], "SO-1")


def test_one_person_makes_rules_stricter_and_the_finance_director_any(shop: Shop, dana: User) -> None:
    for rules, desk in (
        (RuleSet(overdue_days=30, release_amount_max=Decimal(1)), ""),
        (RuleSet(), "finance_director"),
    ):
        dana.desk = desk
        dana.save()
        draft = rule_versions.begin(company=shop.company, by=dana, at=shop.at)
        draft = rule_versions.edit(version=draft, rules=rules, revision=0, by=dana, at=shop.at)
        rule_versions.publish(version=draft, revision=1, in_force_from=shop.today, by=dana, at=shop.at)
    assert rule_versions.in_force(company=shop.company, day=shop.today).company.rules == RuleSet()


def test_whoever_sells_to_a_customer_gives_them_no_looser_rules_even_with_a_second_person(
    shop: Shop, dana: User
) -> None:
    harrow = shop.rows.customers["100"]
    rita = person(shop.company, "rita", Role.MANAGER)
    Customer.objects.filter(pk=harrow.pk).update(salesperson=rita)
    draft = rule_versions.begin(company=shop.company, customer=harrow, by=dana, at=shop.at)
    draft = rule_versions.edit(
        version=draft, rules=RuleSet(overdue_days=200), revision=0, by=dana, at=shop.at
    )
    with pytest.raises(Refused, match="You sell to this customer"):
        rule_versions.publish(version=draft, revision=1, in_force_from=shop.today, by=rita, at=shop.at)


def test_a_customer_that_follows_looser_wider_rules_again_takes_two_people_too(
    shop: Shop, dana: User
) -> None:
    harrow = shop.rows.customers["100"]
    published(shop, RuleSet(overdue_days=10, release_amount_max=Decimal(1)), dana, customer=harrow)
    draft = rule_versions.begin(company=shop.company, customer=harrow, by=dana, at=shop.at)
    draft = rule_versions.edit(version=draft, rules=None, revision=0, by=dana, at=shop.at)
    with pytest.raises(Refused, match="let more through"):
        rule_versions.publish(version=draft, revision=1, in_force_from=shop.today, by=dana, at=shop.at)
