"""Whether every package that we ship or test with comes under a licence that we may use: ``manage.py test``
asks it, and needs no net for it. What is pinned is looked up in the metadata of what is installed.

Known vulnerabilities are another question, which takes the net: docs/security.md has the command.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from collections_app.runtime.home import PROJECT

FILES = ("requirements.txt", "requirements-dev.txt")
# They ask for their notice to be kept, and for no more.
ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0",
        "PSF-2.0", "Unlicense", "Zlib",
    }
)  # fmt: skip
# What older metadata calls them.
CALLED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
}


@dataclass(frozen=True)
class Excepted:
    """A package that we use all the same: under which licence, and why that is right."""

    licence: str
    why: str


EXCEPTIONS: Mapping[str, Excepted] = {
    "psycopg2-binary": Excepted(
        "LGPL", "Linked as a library and not changed; whoever runs the product may put another in its place."
    ),
    "fido2": Excepted(
        "Apache-2.0 AND BSD-3-Clause AND MPL-2.0",
        "The list of public suffixes within it is under the MPL, which asks for changes of that file alone.",
    ),
    "certifi": Excepted(
        "MPL-2.0", "For tests only, and not changed: the MPL asks for changes of its files alone."
    ),
    "pathspec": Excepted(
        "MPL-2.0", "For tests only, and not changed: the MPL asks for changes of its files alone."
    ),
    "hypothesis": Excepted(
        "MPL-2.0", "For tests only, and not changed: the MPL asks for changes of its files alone."
    ),
    "djlint": Excepted(
        "GPL-3.0-or-later", "A program that looks at our templates while we work; nothing of it is shipped."
    ),
    "axe-playwright-python": Excepted(
        "", "For tests only. Its metadata name no licence; its repository has the MIT licence."
    ),
}


def pinned(text: str) -> dict[str, bool]:
    """The packages of a requirements file by name, and whether each is wanted everywhere."""
    found = {}
    for line in text.splitlines():
        if met := re.match(r"([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==[^\s;]+\s*(;)?", line):
            found[re.sub(r"[-_.]+", "-", met[1]).lower()] = met[2] is None
    return found


def licence_of(name: str) -> str | None:
    """What the metadata of an installed package say, as one expression; None when it is not installed."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if expression := "".join(told.get_all("License-Expression") or ()):
        return expression
    ends = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if "License ::" in each]
    named = sorted({CALLED.get(end, end) for end in ends if end != "OSI Approved"})
    if named:
        return " AND ".join(named)
    first = "".join(told.get_all("License") or ()).strip().partition("\n")[0]
    return CALLED.get(first, first)


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression can be met with what is allowed: of ``OR`` one side, of ``AND`` both."""
    flat = expression.replace("(", " ").replace(")", " ")
    return any(
        all(part.strip() in ALLOWED for part in re.split(r"\bAND\b", side))
        for side in re.split(r"\bOR\b", flat)
    )


def problems(names: Mapping[str, bool], licences: Mapping[str, str | None]) -> Iterator[str]:
    """What is wrong, a sentence each."""
    for name, is_wanted in sorted(names.items()):
        found = licences.get(name)
        if found is None:
            if is_wanted:
                yield f"{name} is pinned and not installed, so its licence is unknown."
        elif (excepted := EXCEPTIONS.get(name)) is not None:
            if excepted.licence != found:
                yield f"{name} is an exception for “{excepted.licence}”, and now says “{found}”: look again."
        elif not is_allowed(found):
            yield f"{name} comes under “{found or 'no licence'}”, which is not allowed, and is no exception."
    for name in sorted(set(EXCEPTIONS) - set(names)):
        yield f"{name} is an exception and is used no more: take it away."


def read(files: Iterable[Path]) -> dict[str, bool]:
    """Everything that is pinned in any of these files."""
    found: dict[str, bool] = {}
    for file in files:
        for name, is_wanted in pinned(file.read_text("utf-8")).items():
            found[name] = found.get(name, False) or is_wanted
    return found


def main() -> int:
    """Print what is wrong; 1 when something is."""
    names = read(PROJECT / file for file in FILES)
    found = list(problems(names, {name: licence_of(name) for name in names}))
    print("\n".join(found) or f"{len(names)} packages come under licences that we may use.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
