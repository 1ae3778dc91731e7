"""What the product is made of, as a bill of materials in the format of CycloneDX: every pinned package with
its version, licence and the checksums that it may come with, and the style sheets and icons in ``static``.

    python3 -m collections_app.runtime.materials > sbom.json

Whoever runs the product gives it to a scanner of theirs. It reads what is installed, and needs no net.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from collections_app.runtime import licences
from collections_app.runtime.home import PROJECT

PRODUCT = "collections-workbench"
SHIPPED, FOR_TESTS = licences.FILES
_PIN = re.compile(r"([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill() -> dict[str, Any]:
    """The whole of it; the same each time for the same pins."""
    shipped = set(licences.pinned((PROJECT / SHIPPED).read_text("utf-8")))
    found = {
        each["name"]: each for each in _packages(FOR_TESTS, scope="excluded") if each["name"] not in shipped
    }
    found |= {each["name"]: each for each in _packages(SHIPPED, scope="required")}
    components = [found[name] for name in sorted(found)] + list(_vendored())
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": PRODUCT, "bom-ref": PRODUCT}},
        "components": components,
    }


def _packages(file: str, *, scope: str) -> Iterator[dict[str, Any]]:
    for entry in re.split(r"\n(?=[A-Za-z0-9])", (PROJECT / file).read_text("utf-8")):
        met = _PIN.match(entry)
        if met is None:
            continue
        name = re.sub(r"[-_.]+", "-", met[1]).lower()
        licence = licences.licence_of(name)
        yield {
            "type": "library",
            "name": name,
            "version": met[2],
            "purl": f"pkg:pypi/{name}@{met[2]}",
            "bom-ref": f"pkg:pypi/{name}@{met[2]}",
            "scope": scope,
            **({"licenses": [{"expression": licence}]} if licence and _is_spdx(licence) else {}),
            # One for each form in which it is published; pip takes no other.
            "properties": [{"name": "sha256", "value": each} for each in _HASH.findall(entry)],
        }


def _is_spdx(licence: str) -> bool:
    return re.fullmatch(r"[\w.()+ -]+", licence) is not None


def _vendored() -> Iterator[dict[str, Any]]:
    """Each file that was taken over from elsewhere, with the checksum that a test holds it against."""
    told = json.loads((PROJECT / "static" / "vendor" / "MANIFEST.json").read_text("utf-8"))
    for file in told["files"]:
        yield {
            "type": "file",
            "name": f"static/vendor/{file['path']}",
            "version": file["version"],
            "description": f"of {file['name']}",
            "licenses": [{"license": {"id": file["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
        }


def main() -> int:
    """Print it."""
    json.dump(bill(), sys.stdout, indent=2)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
