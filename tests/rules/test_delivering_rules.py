"""Where a system may be told something, and how it is signed."""

import ipaddress

import pytest

from collections_app.systems.rules import delivering, scopes

DIGEST = "618416ce16835afb6f32b93c072a41522bd5f83bb17db232640c7f7e5ef54ee0"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("", "Give the address"),
        ("http://erp.example.com/", "begins with https"),
        ("ftp://erp.example.com/", "begins with https"),
        ("https://", "names no host"),
        ("https://user:secret@erp.example.com/", "Leave user and password"),
        ("https://erp.example.com/#x", "behind the #"),
        ("https://erp.example.com:99999/", "cannot be read"),
        ("https://erp.example.com:0/", "Port 0"),
        ("https://erp example.com/", "no blanks"),
        ("https://[::1/", "cannot be read"),
        ("https://127.0.0.1/", "this machine itself"),
        ("https://localhost/", "this machine itself"),
        ("https://10.1.2.3/", "private network"),
        ("https://192.168.1.1/", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("https://[fd00::1]/", "private network"),
        ("https://[::ffff:10.0.0.1]/", "private network"),
        ("https://[64:ff9b::a00:1]/", "private network"),
        ("https://100.64.0.1/", "private network"),
        ("https://0.0.0.0/", "private network"),
        ("https://erp.example.com/" + "x" * 500, "up to 500"),
    ],
)
def test_it_refuses_an_address_that_is_not_of_the_world(address: str, says: str) -> None:
    (problem,) = delivering.problems_of_address(address, allows_loopback=False)
    assert says in problem.message


def test_it_takes_addresses_of_the_world_and_of_this_machine_where_it_may() -> None:
    assert (
        delivering.problems_of_address("https://erp.example.com:8443/holds?x=1", allows_loopback=False) == []
    )
    assert delivering.problems_of_address("http://127.0.0.1:8080/", allows_loopback=True) == []
    assert delivering.problems_of_address("http://10.0.0.1/", allows_loopback=True)


def test_public_is_what_the_world_reaches() -> None:
    assert delivering.is_public(ipaddress.ip_address("93.184.216.34"))
    for inner in ("127.0.0.1", "224.0.0.1", "255.255.255.255", "fe80::1", "2002:a00:1::", "::"):
        assert not delivering.is_public(ipaddress.ip_address(inner)), inner


def test_a_signature_is_the_same_for_the_same_words_and_moment() -> None:
    """The digest is that of another program: openssl dgst -sha256 -hmac whs_key."""
    said = delivering.signature("whs_key", timestamp=1_700_000_000, body=b'{"id":1}')
    assert said == f"t=1700000000,v1={DIGEST}"
    assert said == delivering.signature("whs_key", timestamp=1_700_000_000, body=b'{"id":1}')
    assert said != delivering.signature("whs_key", timestamp=1_700_000_001, body=b'{"id":1}')
    assert said != delivering.signature("whs_kez", timestamp=1_700_000_000, body=b'{"id":1}')


def test_pauses_grow_and_end() -> None:
    pauses = [delivering.pause_seconds(attempts) for attempts in range(1, 10)]
    assert pauses[:-1] == sorted(delivering.PAUSES_SECONDS)
    assert pauses[-1] is None


def test_a_system_needs_a_name_a_scope_and_a_company() -> None:
    found = scopes.problems_of(name=" ", scopes=["all"], companies=0, requests_per_minute=0)
    assert [problem.code for problem in found] == ["name", "scopes", "companies", "requests_per_minute"]
    assert scopes.problems_of(name="Shop", scopes=["orders:read"], companies=1, requests_per_minute=60) == []
