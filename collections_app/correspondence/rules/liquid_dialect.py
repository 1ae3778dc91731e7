"""The Liquid that letters are written in: its tags and filters, and the limits on loops, output, names and
time. What is not here does not exist. Pure.
"""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, TextIO

from liquid import BoundTemplate, Environment, Mode, RenderContext, StrictUndefined
from liquid.builtin.content import Literal
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
from liquid.stringify import to_liquid_string
from markupsafe import Markup, escape

SOURCE_LETTERS_MAX = 20_000
OUTPUT_BYTES_MAX = 200_000
LOOP_TURNS_MAX = 20_000
NAMES_BYTES_MAX = 100_000
SECONDS_MAX = 2.0
NESTED_MAX = 12

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


class TooSlow(Exception):
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
            raise TooSlow


class _Template(BoundTemplate):
    context_class = _Context


class _TextNode(OutputNode):
    """Writes texts and whole numbers; a group or a list is refused instead of being spilled."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        if isinstance(value, Mapping | list | range):
            raise Fault(_spilled(value, str(self.expression)), line_at(self.token))
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
    """A filter works on the plain text; what comes out of it is escaped when it is written."""
    return "" if value is None else str(value)


def _within(text: str) -> str:
    if len(text) > NAMES_BYTES_MAX:
        raise Fault(f"A text becomes longer than {NAMES_BYTES_MAX:,} letters.")
    return text


def _joined(value: object, between: object = ", ") -> str:
    if isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        raise Fault("These are groups of values: go through them with for, and name what is to be shown.")
    parts = [_text(part) for part in value] if isinstance(value, list) else [_text(value)]
    glue = _text(between)
    if sum(len(part) + len(glue) for part in parts) > NAMES_BYTES_MAX:
        raise Fault(f"A text becomes longer than {NAMES_BYTES_MAX:,} letters.")
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

PLAIN = _Limited(tolerance=Mode.STRICT, undefined=StrictUndefined, autoescape=False)
ESCAPED = _Limited(tolerance=Mode.STRICT, undefined=StrictUndefined, autoescape=True)


def _spilled(value: object, named: str) -> str:
    if isinstance(value, Mapping):
        return (
            f"“{named}” is a group of values: name one of them, such as {named}.{next(iter(value), 'name')}."
        )
    return f"“{named}” is a list: go through it with for, or join it."


def line_at(token: Any) -> int | None:
    return line_of(token.source, token.start_index) if token is not None and token.start_index >= 0 else None


def line_of(source: str, start: int) -> int:
    return source.count("\n", 0, max(0, start)) + 1
