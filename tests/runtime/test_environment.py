"""A setting that cannot be read is a sentence, and never a guess."""

from typing import Any

import pytest

from collections_app.runtime import addresses
from collections_app.runtime.environment import Settings


def test_values_are_read_as_they_stand_there() -> None:
    given = Settings(
        {
            "KEY": "$ecret,with=signs#", "HOSTS": "a.example, b.example,", "DAYS": "notes=365, drafts=30",
            "HOURS": " 8 ", "SECURE": "Yes", "OFF": "0", "EMPTY": "", "LOG": "debug",
        }
    )  # fmt: skip
    assert given.text("KEY") == "$ecret,with=signs#"
    assert given.texts("HOSTS") == ["a.example", "b.example"]
    assert given.pairs("DAYS") == {"notes": "365", "drafts": "30"}
    assert given.whole("HOURS", 12, least=1) == 8
    assert (given.yes_or_no("SECURE", default=False), given.yes_or_no("OFF", default=True)) == (True, False)
    assert given.level("LOG", "INFO") == "DEBUG"
    assert given.whole("EMPTY", 12, least=1) == given.whole("MISSING", 12, least=1) == 12
    assert given.yes_or_no("EMPTY", default=True)
    assert (given.texts("EMPTY", ["c"]), given.pairs("EMPTY")) == (["c"], {})


@pytest.mark.parametrize(
    ("kind", "said", "more"),
    [
        ("whole", "abc", {"default": 1, "least": 1}),
        ("whole", "-1", {"default": 1, "least": 0}),
        ("yes_or_no", "maybe", {"default": True}),
        ("pairs", "nonsense", {}),
        ("pairs", "=5", {}),
        ("level", "LOUD", {"default": "INFO"}),
        ("mail_server", "mail.example", {"default": "x"}),
        ("mail_server", "gopher://secret-word@mail.example", {"default": "x"}),
        ("redis", "http://:secret-word@redis/0", {"default": "x"}),
        ("redis", "redis://redis/first", {"default": "x"}),
        ("redis", "redis:6379", {"default": "x"}),
    ],
)
def test_what_cannot_be_read_is_told_by_its_name(kind: str, said: str, more: dict[str, Any]) -> None:
    with pytest.raises(SystemExit) as ended:
        getattr(Settings({"SETTING": said}), kind)("SETTING", **more)
    assert str(ended.value).startswith("SETTING cannot be used: it must ")
    assert "secret-word" not in str(ended.value)


@pytest.mark.parametrize(
    "url",
    [
        "redis://redis/0",
        "redis://:p@h:6379",
        "rediss://u:p@h:1/3",
        "unix:///run/r.sock?db=2",
        "redis://h/0?db=1",
    ],
)
def test_addresses_of_redis_stay_as_they_are(url: str) -> None:
    assert addresses.redis(url) == url
