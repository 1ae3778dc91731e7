"""Who is told of holds and releases, and at which addresses: nobody's inner network is touched."""

import datetime as dt
import socket
from typing import Any

import pytest

from collections_app.holds.order_rows import Order
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.systems import deliveries, endpoints, systems, wires
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.system_rows import System
from tests.holds.selling import DAY, Shop
from tests.systems.hearing import Ear


def send(at: dt.datetime) -> deliveries.Counts:
    return deliveries.send_due(allows_loopback=True, at=at)


def test_only_what_happens_from_then_on_in_its_companies_is_told(
    shop: Shop, webshop: System, ear: Ear, olga: User, company: Company
) -> None:
    shop.order("SO-1", "50.00", at=shop.at - DAY)
    endpoints.make(webshop, address=ear.address, allows_loopback=True, by=olga, at=shop.at)
    shop.order("SO-2", "50.00")
    webshop.companies.clear()
    send(shop.at)
    assert ear.told == []

    webshop.companies.add(company)
    send(shop.at)
    assert ear.told == [("SO-2", "order.held")]


def test_an_address_that_was_stopped_or_whose_system_is_parted_from_hears_nothing(
    shop: Shop, webshop: System, endpoint: Endpoint, ear: Ear, olga: User
) -> None:
    shop.order("SO-1", "50.00")
    deliveries.gather(at=shop.at)
    endpoints.stop(endpoint, by=olga, at=shop.at)
    send(shop.at)
    assert ear.told == []
    with pytest.raises(Refused, match="any more"):
        deliveries.send_again(Delivery.objects.get(), by=olga, at=shop.at)

    again = endpoints.make(webshop, address=ear.address, allows_loopback=True, by=olga, at=shop.at)
    systems.disconnect(webshop, by=olga, at=shop.at)
    send(shop.at)
    assert (ear.told, Delivery.objects.filter(endpoint=again).count()) == ([], 0)


def test_a_redirection_is_not_followed(shop: Shop, endpoint: Endpoint, ear: Ear) -> None:
    shop.order("SO-1", "50.00")
    ear.answers = [302]
    send(shop.at)

    assert len(ear.heard) == 1
    assert Delivery.objects.get().answer_status == 302


def test_this_machine_is_told_only_where_the_setting_says_so(
    shop: Shop, webshop: System, endpoint: Endpoint, ear: Ear, olga: User
) -> None:
    with pytest.raises(Refused, match="this machine itself"):
        endpoints.make(webshop, address="https://localhost/x", by=olga, at=shop.at)
    shop.order("SO-1", "50.00")

    assert deliveries.send_due(at=shop.at).failed == 1
    assert ear.heard == []


def test_a_name_that_leads_into_a_private_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name looks public; what it is resolved to is not."""
    inner = [(0, 0, 0, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: inner)

    def never(*_args: Any, **_more: Any) -> None:
        raise AssertionError("It was asked.")

    monkeypatch.setattr(socket, "create_connection", never)
    answered = wires.post("https://erp.example.com/", b"{}", {}, allows_loopback=True)
    assert (answered.status, "private network" in answered.text) == (None, True)


def test_only_an_administrator_connects_systems(webshop: System, dana: User, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="Your role does not include this"):
        endpoints.make(webshop, address="https://erp.example.com/", by=dana, at=at)
    assert Order.objects.count() == 0
