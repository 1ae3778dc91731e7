"""What the doctor says of what it is told."""

from dataclasses import replace
from typing import Any

import pytest

from collections_app.jobs import rules
from collections_app.jobs.rules import LOOK, WRONG, Installation

HEALTHY = Installation(
    is_production=True,
    is_debug=False,
    secret_key_letters=64,
    cookies_are_secure=True,
    shows_demo_sign_ins=False,
    site_url="https://collect.northgate.co.uk",
    believes_proxy=True,
    mail_leaves=True,
    mail_from="credit@northgate.co.uk",
    mailbox_codes=frozenset({"NG"}),
    webhooks_to_loopback=False,
)
QUEUES = ("now", "night", "at_once")


def test_nothing_is_said_of_a_healthy_installation() -> None:
    assert list(rules.of_settings(HEALTHY, company_codes=["NG"])) == []
    assert list(rules.of_queues(QUEUES, wanted=QUEUES, clock_seconds=59)) == []
    assert list(rules.of_nights({"NG": 7 * 3600}, {"NG": 0})) == []


@pytest.mark.parametrize(
    ("change", "level", "code"),
    [
        ({"is_debug": True}, WRONG, "debug"),
        ({"secret_key_letters": 49}, WRONG, "secret_key"),
        ({"cookies_are_secure": False}, WRONG, "cookies"),
        ({"shows_demo_sign_ins": True}, WRONG, "demo_sign_ins"),
        ({"site_url": "http://collect.northgate.co.uk"}, WRONG, "site_url"),
        ({"believes_proxy": False}, WRONG, "https_proxy"),
        ({"mail_leaves": False}, WRONG, "mail"),
        ({"mail_from": "collections@workbench.example"}, WRONG, "mail_from"),
        ({"webhooks_to_loopback": True}, WRONG, "webhooks"),
        ({"mailbox_codes": frozenset()}, LOOK, "mailboxes"),
        ({"mailbox_codes": frozenset({"NG", "XX"})}, WRONG, "mailbox_company"),
    ],
)
def test_each_setting_that_is_wrong_has_its_sentence(change: dict[str, Any], level: str, code: str) -> None:
    [found] = rules.of_settings(replace(HEALTHY, **change), company_codes=["NG"])
    assert (found.level, found.code) == (level, code)


def test_a_demo_may_be_as_it_is() -> None:
    demo = replace(HEALTHY, is_production=False, mail_leaves=False, site_url="http://localhost:8000")
    assert list(rules.of_settings(demo, company_codes=["NG"])) == []


@pytest.mark.parametrize(
    ("served", "seconds", "codes"),
    [
        (None, 59, ["workers"]),
        (("now", "night"), 59, ["queues"]),
        (QUEUES, 600, []),
        (QUEUES, 601, ["clock"]),
        (QUEUES, None, ["clock"]),
    ],
)
def test_workers_serve_every_queue_and_the_clock_is_heard(
    served: tuple[str, ...] | None, seconds: float | None, codes: list[str]
) -> None:
    assert [each.code for each in rules.of_queues(served, wanted=QUEUES, clock_seconds=seconds)] == codes


@pytest.mark.parametrize(
    ("seconds", "missed", "said"),
    [
        (-1, 0, "NG has had no night yet."),
        (26 * 3600, 0, None),
        (26 * 3600 + 1, 0, "The last night of NG ended 1 day ago."),
        (60, 1, "In the newest night of NG 1 stage did not get done: Set-up, Nights tells why."),
    ],
)
def test_nights_come_and_end_well(seconds: float, missed: int, said: str | None) -> None:
    assert [each.sentence for each in rules.of_nights({"NG": seconds}, {"NG": missed})] == (
        [said] if said else []
    )


@pytest.mark.parametrize(
    ("state", "number", "seconds", "code"),
    [
        ("uncertain", 0, 0, None),
        ("uncertain", 1, 1, "uncertain"),
        ("failed", 2, 1, "failed"),
        ("queued", 5, 3600, None),
        ("queued", 5, 3601, "waiting"),
        ("sending", 1, 3601, "waiting"),
        ("held_back", 3, 7 * 86400, None),
        ("held_back", 3, 7 * 86400 + 1, "held_back"),
    ],
)
def test_messages_do_not_wait_unseen(state: str, number: int, seconds: float, code: str | None) -> None:
    assert [each.code for each in rules.of_messages("NG", state, number, seconds)] == ([code] if code else [])


@pytest.mark.parametrize(
    ("compiles", "cost", "said"), [(False, 1.1, False), (True, 1.1, True), (False, 4.0, True)]
)
def test_behind_a_pool_plans_are_made_as_without(compiles: bool, cost: float, said: bool) -> None:
    found = [*rules.of_pool(user="workbench", compiles=compiles, random_page_cost=cost)]
    assert [(each.level, each.code) for each in found] == ([(LOOK, "pool_plans")] if said else [])
    assert all("ALTER ROLE workbench SET jit = off" in each.sentence for each in found)


@pytest.mark.parametrize(
    ("is_copy", "behind", "levels"),
    [(True, 0.0, []), (True, 20.0, []), (True, 21.0, [rules.LOOK]), (False, 0.0, [rules.WRONG])],
)
def test_a_copy_is_a_standby_and_close_behind(is_copy: bool, behind: float, levels: list[str]) -> None:
    assert [each.level for each in rules.of_replica(is_copy=is_copy, behind_seconds=behind)] == levels
