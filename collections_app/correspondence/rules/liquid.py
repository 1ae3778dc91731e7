"""Templates that people write, in Liquid, with tight limits, over plain values. Pure.

A template sees dictionaries, lists and texts, and nothing behind them. It neither loads other templates nor
computes; it may name, ask and repeat. What it may not do is refused with the line and a sentence for whoever
wrote it, before it is kept: also a value that nobody documented, on a branch that no customer takes today.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liquid import BoundTemplate, RenderContext
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import (
    LiquidError,
    LocalNamespaceLimitError,
    LoopIterationLimitError,
    OutputStreamLimitError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.expression import Expression
from liquid.static_analysis import TemplateAnalysis

from collections_app.correspondence.rules import liquid_names
from collections_app.correspondence.rules.liquid_dialect import (
    ESCAPED,
    FILTERS,
    LOOP_TURNS_MAX,
    OUTPUT_BYTES_MAX,
    PLAIN,
    SECONDS_MAX,
    SOURCE_LETTERS_MAX,
    TAGS,
    Fault,
    TooSlow,
    line_at,
    line_of,
)
from collections_app.correspondence.rules.liquid_names import Shape

__all__ = ["Fault", "Shape", "Template", "read", "write"]


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
        template = (ESCAPED if escaped else PLAIN).from_string(source)
        found = template.analyze(include_partials=False)
    except LiquidError as error:
        raise _fault_of(error) from None
    except RecursionError:
        raise Fault("It is nested too deeply.") from None
    _refuse_unknown(source, found, shape)
    _refuse_ranges(template)
    return Template(source, template)


def write(template: Template, values: Mapping[str, object]) -> str:
    """Write a template out. Raises ``Fault`` when it breaks a limit or meets what is not there."""
    try:
        return template.template.render(**values)
    except LiquidError as error:
        raise _fault_of(error) from None
    except TooSlow:
        raise Fault(f"It takes longer than {SECONDS_MAX:g} seconds to write out.") from None
    except (RecursionError, ArithmeticError, TypeError, ValueError, LookupError):
        raise Fault("It cannot be written out with these values.") from None


def _unknown_filter(name: str) -> str:
    return f"There is no filter “{name}”. There are: {', '.join(FILTERS)}."


def _refuse_unknown(source: str, found: TemplateAnalysis, shape: Shape) -> None:
    for name, spans in found.filters.items():
        if name not in FILTERS:
            raise Fault(_unknown_filter(name), line_of(source, spans[0].index))
    for root, uses in found.variables.items():
        of_ours = found.globals.get(root, [])
        for use in uses:
            asks = liquid_names.problem_of_global if use in of_ours else liquid_names.problem_of_local
            if told := asks(use.segments, shape):
                raise Fault(told, line_of(source, use.span.index))


def _refuse_ranges(template: BoundTemplate) -> None:
    context = RenderContext(template)
    nodes = list(template.nodes)
    while nodes:
        node = nodes.pop()
        nodes.extend(node.children(context, include_partials=False))
        if any(isinstance(part, RangeLiteral) for part in _parts(node.expressions())):
            raise Fault("Counting with (1..9) is not offered here; go through a list.", line_at(node.token))


def _parts(expressions: Iterable[Expression]) -> Iterable[Expression]:
    for expression in expressions:
        yield expression
        yield from _parts(expression.children())


def _fault_of(error: LiquidError) -> Fault:
    line = line_at(error.token)
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
    if found := re.match(r"expected tag (end\w+)", str(error.message)):
        return Fault(f"Something is begun and not ended: {{% {found[1]} %}} is missing.", line)
    if found := re.fullmatch(r"unexpected tag '(\w+)'", str(error.message)):
        return Fault(f"There is no {{% {found[1]} %}} here. There are: {', '.join(TAGS)}.", line)
    return Fault(f"This cannot be read: {error.message}.", line)
