"""Whether a name in a template is one of the documented values, and which one may have been meant. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

# The shape of the values: a dictionary for a group, a list of one shape for a list, None for a text.
Shape = Mapping[str, Any]

_OF_LISTS = frozenset({"size", "first", "last"})
_LOOKED_UP = "A value is named directly, as in customer.name, and not looked up by another one."
_OF_LOOPS = frozenset({"index", "index0", "rindex", "rindex0", "first", "last", "length"})


def problem_of_global(path: Sequence[Any], shape: Shape) -> str:
    """What is wrong with a name such as ``customer.nmae``; empty when nothing is."""
    if any(isinstance(part, list) for part in path):
        return _LOOKED_UP
    here: Any = shape
    told = ""
    for part in path:
        before, told = told, f"{told}.{part}" if told else str(part)
        if isinstance(here, Mapping):
            if part not in here:
                return _unknown(told, (f"{before}.{name}" if before else name for name in here))
            here = here[part]
        elif isinstance(here, list):
            if part not in _OF_LISTS and not isinstance(part, int):
                return f"“{before}” is a list: go through it with for, as in {{% for one in {before} %}}."
            here = None if part == "size" else here[0]
        elif part != "size":
            return _unknown(told, ())
    return ""


def problem_of_local(path: Sequence[Any], shape: Shape) -> str:
    """The same for a name that the template made, such as one of a list: it may have any documented part."""
    if any(isinstance(part, list) for part in path):
        return _LOOKED_UP
    allowed = {*_names(shape), *_OF_LISTS, *_OF_LOOPS}
    strange = [part for part in path[1:] if not isinstance(part, int) and part not in allowed]
    if not strange:
        return ""
    return _unknown(f"{path[0]}.{strange[0]}", (f"{path[0]}.{name}" for name in allowed))


def _names(shape: object) -> Iterable[str]:
    if isinstance(shape, Mapping):
        for name, inner in shape.items():
            yield name
            yield from _names(inner)
    elif isinstance(shape, list):
        yield from _names(shape[0])


def _unknown(told: str, known: Iterable[str]) -> str:
    near = get_close_matches(told, sorted(set(known)), n=1, cutoff=0.5)
    hint = f"Did you mean “{near[0]}”?" if near else "The list of values beside the editor has all there are."
    return f"There is no value “{told}”. {hint}"
