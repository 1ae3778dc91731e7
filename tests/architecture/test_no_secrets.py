"""No key, token or password of anybody lies in the repository; what looks like one is made up."""

import os
import re
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, named

KINDS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b",
    "a token of a code host": r"\bgh[pousr]_\w{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}",
    "a token of a messenger": r"\bxox[abprs]-[\w-]{10,}",
    "a key of a payments service": r"\b[sr]k_live_\w{16,}",
    "a key of a mail service": r"\bSG\.[\w-]{22}\.[\w-]{43}|\bkey-[0-9a-f]{32}\b",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "a token of ours": r"\bwb_[A-Za-z0-9_-]{43}(?![\w-])",
    # In an address whose host could be asked: those of documents, of this machine and of a socket cannot.
    "a password in an address": (
        r"\b(?:postgres|redis|rediss|smtp|imaps?|https?)(?:\+\w+)?://[^\s/:@'\"{}$%<]+:[^\s/@'\"{}$%<]{6,}"
        r"@(?![\w.-]*(?:\.example|\.test|\bexample\.\w+|localhost|127\.0\.0\.1|host)\b)[\w-]+\.[\w.-]+"
    ),
}
SAMPLES = {
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a key of a cloud": "AKIA" + "Q" * 16,
    "a token of a code host": "ghp_" + "a1" * 18,
    "a token of a messenger": "xoxb-" + "123456789012",
    "a key of a payments service": "sk_live_" + "a1" * 10,
    "a key of a mail service": "key-" + "0f" * 16,
    "a signed token": "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + "." + "c" * 24,
    "a token of ours": "wb_" + "aB3-" * 10 + "xyz",
    "a password in an address": "postgres://workbench:" + "hunter2hunter2@db.northgate.co.uk/ledger",
}
PATTERNS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}
# Of those that begin with a dot or a line, which hold what was made here.
KEPT_FOLDERS = (".ci",)
# Not text, or the checksums of packages.
PASSED_OVER = (".png", ".woff2", ".zip", ".xlsx", ".pdf", ".gz", "requirements.txt", "requirements-dev.txt")


def files() -> list[Path]:
    """Whatever would be handed on with the repository."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name in KEPT_FOLDERS or not name.startswith((".", "_"))]
        found += [Path(folder, name) for name in names if not name.endswith(PASSED_OVER)]
    return found


def found_in(text: str) -> list[str]:
    return [kind for kind, pattern in PATTERNS.items() if pattern.search(text)]


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_lay_there_would_be_seen(kind: str) -> None:
    assert kind in found_in(f"words before {SAMPLES[kind]} and after")


def test_nobodys_secret_lies_in_the_repository() -> None:
    looked_at = files()
    found = {
        named(file): kinds for file in looked_at if (kinds := found_in(file.read_text("utf-8", "replace")))
    }
    assert found == {}
    assert len(looked_at) > 1_500
