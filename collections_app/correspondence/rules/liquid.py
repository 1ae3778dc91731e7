"""Templates that people write, in Liquid, with tight limits, over plain values. Pure.

A template sees dictionaries, lists and texts, and nothing behind them. It neither loads other templates nor
computes; it may name, ask and repeat. What it may not do is refused with the line and a sentence for whoever
wrote it, before it is kept: also a value that nobody documented, on a branch that no customer takes today.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from time import perf_counter
from typing import Any, TextIO

from liquid import BoundTemplate, Environment, Mode, RenderContext, StrictUndefined
from liquid.builtin.content import Literal
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.illegal import Illegal
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.assign_tag import AssignTag
from liquid.builtin.tags.capture_tag import CaptureTag
from liquid.builtin.tags.case_tag import CaseTag
from liquid.builtin.tags.comment_tag import CommentTag
from liquid.builtin.tags.for_tag import BreakTag, ContinueTag, ForTag
from liquid.builtin.tags.if_tag import IfTag
from liquid.builtin.tags.inline_comment_tag import InlineCommentTag
from liquid.builtin.tags.unless_tag import UnlessTag
from liquid.exceptions import (
    LiquidError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.expression import Expression
from liquid.stringify import to_liquid_string
from markupsafe import Markup, escape

SOURCE_LETTERS_MAX = 20_000
OUTPUT_BYTES_MAX = 200_000
LOOP_TURNS_MAX = 20_000
NAMES_BYTES_MAX = 100_000
SECONDS_MAX = 2.0
NESTED_MAX = 12

# The shape of the values: a dictionary for a group, a list with one shape for a list, None for a text.
Shape = Mapping[str, Any]

_OF_LISTS = frozenset({"size", "first", "last"})
_OF_LOOPS = frozenset({"index", "index0", "rindex", "rindex0", "first", "last", "length"})
_TAGS = (
    IfTag,
    UnlessTag,
    CaseTag,
    ForTag,
    BreakTag,
    ContinueTag,
    AssignTag,
    CaptureTag,
    CommentTag,
    InlineCommentTag,
)


class Fault(Exception):
    """Why a template is refused: a sentence, and the line it is about (from 1; None for the whole)."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


class _TooSlow(Exception):
    """The time that one letter may take is over."""


class _Context(RenderContext):
    """Looks at the time wherever work can repeat itself."""

    __slots__ = ("ends_at",)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.ends_at = perf_counter() + SECONDS_MAX

    def assign(self, key: str, val: Any) -> None:
        self._look()
        super().assign(key, val)

    def filter(self, name: str, token: Any) -> Callable[..., object]:
        self._look()
        return super().filter(name, token)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        self._look()
        super().raise_for_loop_limit(length)

    def _look(self) -> None:
        if perf_counter() > self.ends_at:
            raise _TooSlow


class _Template(BoundTemplate):
    context_class = _Context


class _TextNode(OutputNode):
    """Writes texts and whole numbers; a group or a list is refused instead of being spilled."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        if isinstance(value, Mapping | list | range):
            raise Fault(_spilled(value, str(self.expression)), _line_at(self.token))
        return buffer.write(to_liquid_string(value, context.autoescape))


class _Text(Output):
    node_class = _TextNode


class _Limited(Environment):
    block_nesting_limit = NESTED_MAX
    context_depth_limit = NESTED_MAX * 3
    loop_iteration_limit = LOOP_TURNS_MAX
    local_namespace_limit = NAMES_BYTES_MAX
    output_stream_limit = OUTPUT_BYTES_MAX
    template_class = _Template

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Only what a letter needs; what is not here does not exist."""
        for tag in (Literal, Illegal, _Text, *_TAGS):
            self.add_tag(tag)
        self.filters.update(_FILTERS)


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _within(text: str) -> str:
    if len(text) > NAMES_BYTES_MAX:
        raise Fault(f"A text becomes longer than {NAMES_BYTES_MAX:,} letters.")
    return text


def _joined(value: object, between: object = ", ") -> str:
    parts = [_text(part) for part in value] if isinstance(value, list) else [_text(value)]
    glue = _text(between)
    if sum(len(part) + len(glue) for part in parts) > NAMES_BYTES_MAX:
        raise Fault(f"A text becomes longer than {NAMES_BYTES_MAX:,} letters.")
    if any(isinstance(part, Markup) for part in (*parts, glue)):
        return Markup("").join(escape(part) for part in parts) if not glue else escape(glue).join(parts)
    return glue.join(parts)


def _shortened(value: object, letters: object = 50, end: object = "…") -> str:
    text, most = _text(value), letters if isinstance(letters, int) and letters > 0 else 50
    return text if len(text) <= most else text[: max(0, most - len(_text(end)))] + _text(end)


def _one_of(value: object, place: int) -> object:
    return value[place] if isinstance(value, list) and value else None


_FILTERS: dict[str, Callable[..., object]] = {
    "append": lambda value, more: _within(_text(value) + _text(more)),
    "prepend": lambda value, more: _within(_text(more) + _text(value)),
    "capitalize": lambda value: _text(value)[:1].upper() + _text(value)[1:],
    "default": lambda value, instead="": instead if value in (None, "", [], False) else value,
    "downcase": lambda value: _text(value).lower(),
    "upcase": lambda value: _text(value).upper(),
    "first": lambda value: _one_of(value, 0),
    "last": lambda value: _one_of(value, -1),
    "join": _joined,
    "newline_to_br": lambda value: Markup("<br>\n").join(escape(_text(value)).splitlines()),
    "size": lambda value: len(value) if isinstance(value, str | list) else 0,
    "strip": lambda value: _text(value).strip(),
    "truncate": _shortened,
}
FILTERS = tuple(sorted(_FILTERS))
TAGS = ("if", "unless", "case", "for", "assign", "capture", "comment")

_PLAIN = _Limited(tolerance=Mode.STRICT, undefined=StrictUndefined, autoescape=False)
_ESCAPED = _Limited(tolerance=Mode.STRICT, undefined=StrictUndefined, autoescape=True)


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read and found good. Make one with ``read``; it may be written out often."""

    source: str
    template: BoundTemplate


def read(source: str, *, shape: Shape, escaped: bool = False) -> Template:
    """Read a template over values of ``shape``; ``escaped`` for HTML. Raises ``Fault``."""
    if len(source) > SOURCE_LETTERS_MAX:
        raise Fault(f"Keep it within {SOURCE_LETTERS_MAX:,} letters.")
    try:
        template = (_ESCAPED if escaped else _PLAIN).from_string(source)
        found = template.analyze(include_partials=False)
    except LiquidError as error:
        raise _fault_of(error) from None
    except RecursionError:
        raise Fault("It is nested too deeply.") from None
    for name, spans in found.filters.items():
        if name not in _FILTERS:
            raise Fault(_unknown_filter(name), _line(source, spans[0].index))
    _refuse_ranges(template)
    locals_ = frozenset(found.locals)
    every_name = frozenset(_names(shape))
    for uses in found.variables.values():
        for use in uses:
            is_global = any(
                use is each or use == each for each in found.globals.get(str(use.segments[0]), ())
            )
            told = _problem(use.segments, shape if is_global else None, every_name, locals_)
            if told:
                raise Fault(told, _line(source, use.span.index))
    return Template(source, template)


def write(template: Template, values: Mapping[str, object]) -> str:
    """Write a template out. Raises ``Fault`` when it breaks a limit or meets what is not there."""
    try:
        return template.template.render(**values)
    except LiquidError as error:
        raise _fault_of(error) from None
    except _TooSlow:
        raise Fault(f"It takes longer than {SECONDS_MAX:g} seconds to write out.") from None
    except (RecursionError, ArithmeticError, TypeError, ValueError, LookupError):
        raise Fault("It cannot be written out with these values.") from None


def _problem(
    segments: list[Any], shape: Shape | None, every_name: frozenset[str], locals_: frozenset[str]
) -> str:
    """What is wrong with one name, such as ``customer.nmae``; empty when nothing is."""
    if shape is None:
        allowed = every_name | _OF_LISTS | _OF_LOOPS
        strange = [part for part in segments[1:] if isinstance(part, str) and part not in allowed]
        return (
            _unknown(f"{segments[0]}.{strange[0]}", (f"{segments[0]}.{name}" for name in allowed))
            if strange
            else ""
        )
    here: Any = shape
    told = ""
    for part in segments:
        before, told = told, f"{told}.{part}" if told else str(part)
        if isinstance(here, list):
            if part in _OF_LISTS or isinstance(part, int):
                here = None if part == "size" else here[0]
                continue
            return f"“{before}” is a list: go through it with for, as in {{% for one in {before} %}}."
        if isinstance(here, Mapping) and isinstance(part, str) and part in here:
            here = here[part]
            continue
        if here is None and part == "size":
            continue
        around = (f"{before}.{name}" if before else name for name in (here or ()))
        return _unknown(told, around if isinstance(here, Mapping) else ())
    return ""


def _unknown(told: str, known: Iterable[str]) -> str:
    names = sorted(set(known))
    near = get_close_matches(told, names, n=1, cutoff=0.5)
    hint = (
        f" Did you mean “{near[0]}”?" if near else " The list of values beside the editor has all there are."
    )
    return f"There is no value “{told}”.{hint}"


def _unknown_filter(name: str) -> str:
    return f"There is no filter “{name}”. There are: {', '.join(FILTERS)}."


def _names(shape: object) -> Iterable[str]:
    if isinstance(shape, Mapping):
        for name, inner in shape.items():
            yield name
            yield from _names(inner)
    elif isinstance(shape, list):
        yield from _names(shape[0])


def _refuse_ranges(template: BoundTemplate) -> None:
    context = RenderContext(template)
    nodes = list(template.nodes)
    while nodes:
        node = nodes.pop()
        nodes.extend(node.children(context, include_partials=False))
        if any(isinstance(part, RangeLiteral) for part in _parts(node.expressions())):
            raise Fault("Counting with (1..9) is not offered here; go through a list.", _line_at(node.token))


def _parts(expressions: Iterable[Expression]) -> Iterable[Expression]:
    for expression in expressions:
        yield expression
        yield from _parts(expression.children())


def _spilled(value: object, named: str) -> str:
    if isinstance(value, Mapping):
        return (
            f"“{named}” is a group of values: name one of them, such as {named}.{next(iter(value), 'name')}."
        )
    return f"“{named}” is a list: go through it with for, or join it."


def _fault_of(error: LiquidError) -> Fault:
    line = _line_at(error.token)
    if isinstance(error, UnknownFilterError):
        return Fault(_unknown_filter(str(error.message).rpartition(" ")[2].strip("'")), line)
    if isinstance(error, UndefinedError):
        named = str(error.message).replace(" is undefined", "").strip("'\"")
        return Fault(f"There is no value “{named}” here.", line)
    if isinstance(error, LoopIterationLimitError):
        return Fault(f"It repeats itself more than {LOOP_TURNS_MAX:,} times.", line)
    if isinstance(error, OutputStreamLimitError):
        return Fault(f"It becomes longer than {OUTPUT_BYTES_MAX:,} letters.", line)
    if isinstance(error, LocalNamespaceLimitError):
        return Fault("It keeps more in names of its own than is allowed.", line)
    if found := re.fullmatch(r"unexpected tag '(\w+)'", str(error.message)):
        return Fault(f"There is no {{% {found[1]} %}} here. There are: {', '.join(TAGS)}.", line)
    return Fault(f"This cannot be read: {error.message}.", line)


def _line_at(token: Any) -> int | None:
    return _line(token.source, token.start_index) if token is not None and token.start_index >= 0 else None


def _line(source: str, start: int) -> int:
    return source.count("\n", 0, max(0, start)) + 1
