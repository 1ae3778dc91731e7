"""The bill of materials names everything that is pinned or was taken over, and is the same each time."""

import json
import subprocess
import sys

import jsonschema
import pytest

from collections_app.runtime import licences, materials
from collections_app.runtime.home import PROJECT

# What CycloneDX 1.6 asks of the parts that are used here.
SCHEMA = {
    "type": "object",
    "required": ["bomFormat", "specVersion", "components"],
    "properties": {
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"},
        "version": {"type": "integer", "minimum": 1},
        "components": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["type", "name"],
                "properties": {
                    "type": {"enum": ["library", "file"]},
                    "scope": {"enum": ["required", "excluded"]},
                    "purl": {"pattern": r"^pkg:pypi/[a-z0-9.-]+@[\w.+!-]+$"},
                    "hashes": {"items": {"properties": {"content": {"pattern": "^[0-9a-f]{64}$"}}}},
                },
            },
        },
    },
}


def test_every_pin_and_every_file_of_others_is_named() -> None:
    found = materials.bill()
    jsonschema.validate(found, SCHEMA)
    libraries = {each["name"]: each for each in found["components"] if each["type"] == "library"}
    assert set(libraries) == set(licences.read(PROJECT / file for file in licences.FILES))
    shipped = licences.pinned((PROJECT / materials.SHIPPED).read_text("utf-8"))
    assert {name for name, each in libraries.items() if each["scope"] == "required"} == set(shipped)
    assert all(each["properties"] for each in libraries.values()), "each may be checked by its sum"
    assert any(each["name"].endswith("tabler.min.css") for each in found["components"])
    assert libraries["django"]["licenses"] == [{"expression": "BSD-3-Clause"}]


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = [sys.executable, "-m", "collections_app.runtime.materials"]
    told = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert json.loads(told) == materials.bill()
