"""What is said of devices and addresses, and when a session ends."""

import datetime as dt

import pytest

from collections_app.people.session_rules import Ended, Limits, device, shortened

LIMITS = Limits(idle=dt.timedelta(minutes=30), whole=dt.timedelta(hours=12))
BEGAN = dt.datetime(2026, 3, 11, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0.0.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.5", "A browser"),
        ("", "A browser"),
        ("<script>alert(1)</script>", "A browser"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str) -> None:
    assert device(agent) == words


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.57", "203.0.113.x"),
        ("2001:db8:0:12:aa:bb:cc:dd", "2001:db8:0:x"),
        ("::ffff:203.0.113.57", "203.0.113.x"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_an_address_is_shortened(address: str, told: str) -> None:
    assert shortened(address) == told


@pytest.mark.parametrize(
    ("seen_after", "asked_after", "why"),
    [
        (dt.timedelta(0), dt.timedelta(minutes=29, seconds=59), None),
        (dt.timedelta(0), dt.timedelta(minutes=30), Ended.IDLE),
        (dt.timedelta(hours=11, minutes=50), dt.timedelta(hours=11, minutes=59, seconds=59), None),
        (dt.timedelta(hours=11, minutes=50), dt.timedelta(hours=12), Ended.TOO_LONG),
    ],
)
def test_it_ends_at_either_limit(
    seen_after: dt.timedelta, asked_after: dt.timedelta, why: Ended | None
) -> None:
    seen_at = BEGAN + seen_after
    assert LIMITS.why_ended(began_at=BEGAN, seen_at=seen_at, at=BEGAN + asked_after) == why
    assert (LIMITS.ends_at(began_at=BEGAN, seen_at=seen_at) <= BEGAN + asked_after) == (why is not None)
