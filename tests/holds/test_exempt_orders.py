"""Orders of a class that is never held: the class is the word of the system that states them, so it is kept,
and told to whoever answers for it.
"""

import pytest

from collections_app.activity.events import Event
from collections_app.correspondence.message_rows import Message
from collections_app.holds.rules.rule_sets import Exemption, RuleSet
from collections_app.people.users import User
from collections_app.segmentation import assignments, versions
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.holds.hearing import told
from tests.holds.selling import Shop, held, rules

pytestmark = pytest.mark.usefixtures("addresses")


@pytest.fixture
def exempt(shop: Shop, dana: User) -> Shop:
    """Medical goods are never held; Dana answers for it."""
    rules(shop, RuleSet(exemptions=(Exemption("medical", "dana"),)), dana)
    return shop


def test_the_class_that_lets_an_order_go_stands_in_its_event(exempt: Shop) -> None:
    exempt.order("SO-1", "100", exemption_class="Medical", source="Shop")
    event = Event.objects.get(what="order.received")
    assert held() == []
    assert event.summary == (
        "Order SO-1 over £100.00 came in: it goes, as orders of the class “medical” are not held (dana "
        "answers for it)"
    )
    assert (event.facts["exemption_class"], event.facts["set_aside"]) == ("medical", ["overdue_days"])


def test_whoever_answers_for_it_and_whoever_looks_after_the_customer_are_told_once(
    exempt: Shop, dana: User
) -> None:
    tom = person(exempt.company, "tom")
    versions.ensure_default(company=exempt.company, by=None, at=exempt.at)
    assignments.assign(company=exempt.company, today=exempt.today)
    Assignment.objects.update(collector=tom)
    exempt.order("SO-1", "100", exemption_class="medical", source="Shop")
    exempt.recheck()
    exempt.recheck(days=1)
    for reader in (dana, tom):
        (sentence,) = told(reader, exempt)
        assert sentence.startswith(
            "Order SO-1 of Harrow Tools over £100.00 goes because orders of the class “medical” are not "
            "held; dana answers for it. Shop says that it is of that class. Otherwise it would wait: A1 is"
        )
    assert Message.objects.count() == 1  # Tom has no address


def test_an_order_that_would_go_anyway_is_nobodys_news(exempt: Shop, dana: User) -> None:
    exempt.order("SO-1", "100", customer="200", exemption_class="medical")
    assert told(dana, exempt) == []
    assert "exemption_class" not in Event.objects.get(what="order.received").facts


def test_an_order_that_waits_and_is_stated_again_with_a_class_is_freed_and_says_so(
    exempt: Shop, dana: User
) -> None:
    exempt.order("SO-1", "100")
    assert held() == ["SO-1"]
    exempt.order("SO-1", "100", exemption_class="medical")
    event = Event.objects.get(what="order.freed")
    assert (held(), event.facts["exemption_class"]) == ([], "medical")
    assert len(told(dana, exempt)) == 1
