"""What the architecture tests look at: the product's files, and the floors as pyproject.toml states them."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "collections_app"
TEMPLATES = ROOT / "templates"


@cache
def floors() -> dict[str, int]:
    """The floor of each room, 0 at the ground."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(" ()"): floor for floor, rooms in enumerate(reversed(layers)) for room in rooms.split("|")
    }


def python_files(*, beneath: Path = PRODUCT) -> list[Path]:
    """Hand-written Python of the product: no migrations."""
    return sorted(path for path in beneath.rglob("*.py") if "migrations" not in path.parts)


def tree_of(path: Path) -> ast.Module:
    """Its syntax."""
    return ast.parse(path.read_text("utf-8"))


def named(path: Path) -> str:
    """The path as one would say it."""
    return path.relative_to(ROOT).as_posix()
