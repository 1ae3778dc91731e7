"""Nothing outlives its transaction on a connection that a pool lends by the transaction: what a session keeps
would be found by whoever is lent it next, or missed by who left it.
"""

import re
from pathlib import Path

import pytest

from tests.architecture.house import PRODUCT

# What stands in a session, and where it may: there it is known whether a pool is in front.
KEPT_BY_SESSIONS = {
    r"pg_(?:try_)?advisory_lock\b|pg_advisory_unlock|\"advisory_lock\"": {"lib/turns.py"},
    r"\bPREPARE \{": {"lib/prepared.py"},
    r"\bLISTEN \w|\bUNLISTEN\b|WITH HOLD": set(),
    r"(?i)\bset (?:session )?(?:lock_timeout|statement_timeout|work_mem|enable_\w+|jit|search_path)\b": {
        "management/backups.py",  # psql reads it, on a connection of its own
        "jobs/rules.py",  # a sentence, to a DBA
    },
    r"set_config\([^()]*, *false *\)": {"lib/resumable.py", "management/commands/migrate.py"},
}
_TEMPORARY = re.compile(r"CREATE TEMP(?:ORARY)? TABLE .*?(?=;|\"\n|\Z)", re.DOTALL)


def texts() -> list[tuple[str, str]]:
    """Everything that may hold SQL, but migrations, which run by themselves."""
    files = [path for kind in ("*.py", "*.sql") for path in PRODUCT.rglob(kind)]
    return [
        (str(path.relative_to(PRODUCT)), path.read_text("utf-8"))
        for path in files
        if "migrations" not in path.parts and "benchmarks" not in path.parts
    ]


@pytest.mark.parametrize("pattern", KEPT_BY_SESSIONS)
def test_what_a_session_keeps_stands_where_it_is_known_whether_a_pool_is_in_front(pattern: str) -> None:
    found = {name for name, text in texts() if re.search(pattern, text)}

    assert found <= KEPT_BY_SESSIONS[pattern], found


def test_a_temporary_table_goes_with_its_transaction() -> None:
    made = [(name, each) for name, text in texts() for each in _TEMPORARY.findall(text)]

    assert made
    assert [name for name, each in made if "ON COMMIT DROP" not in each] == []


def test_these_patterns_find_what_they_are_for(tmp_path: Path) -> None:
    wrong = (
        "SELECT pg_advisory_lock(1)", "PREPARE {name}", "LISTEN news", "SET lock_timeout = '1s'",
        "SELECT set_config('jit', 'off', false)",
    )  # fmt: skip

    assert all(re.search(pattern, text) for pattern, text in zip(KEPT_BY_SESSIONS, wrong, strict=True))
    assert _TEMPORARY.findall("CREATE TEMP TABLE x (a int);")
