"""Form fields that read alike for everybody, written once.

The page of a customer has forty fields, of which nearly all are empty, or stand as they are first proposed,
whoever the customer is. To put label, control and help of each together anew takes longer than all that the
page says about its customer.
"""

import datetime as dt
from collections.abc import Callable, Hashable
from typing import Any

from django.conf import settings
from django.forms import BoundField, CheckboxInput, Field
from django.utils.safestring import SafeString

KEPT_MAX = 2_000
# By what tells a field from others. Nothing in it is of a customer.
_kept: dict[Hashable, SafeString] = {}


def kept(
    bound: BoundField,
    options: tuple[str, ...],
    write: Callable[..., SafeString],
    *,
    keeps: bool | None = None,
) -> SafeString:
    """What ``write`` makes of a field with ``options``; kept where others read the same."""
    keeps = not settings.DEBUG if keeps is None else keeps
    likeness = _likeness(bound, options) if keeps else None
    if likeness is None:
        return write(bound, *options)
    found = _kept.get(likeness)
    if found is None:
        if len(_kept) >= KEPT_MAX:
            _kept.clear()
        found = _kept[likeness] = write(bound, *options)
    return found


def _likeness(bound: BoundField, options: tuple[str, ...]) -> Hashable | None:
    """All that a field of this name in a form of this kind may differ by; None for one that is somebody's
    own: what was typed, what only this customer offers.
    """
    form, field, value = bound.form, bound.field, bound.value()
    if form.is_bound or not _is_anybodys(_declared(bound), field, value):
        return None
    widget = field.widget
    return (
        *(type(form), bound.html_name, bound.auto_id, options, repr(value)),
        *(
            str(field.label),
            str(field.help_text),
            field.required,
            field.disabled,
            form.use_required_attribute,
        ),
        *(type(field), type(widget), repr(widget.attrs)),
    )


def _declared(bound: BoundField) -> Field | None:
    """As the form has it for everybody; None for a field that is only of this one."""
    fields: dict[str, Field] = getattr(bound.form, "base_fields", {})
    return fields.get(bound.name)


def _is_anybodys(declared: Field | None, field: Field, value: Any) -> bool:
    """Whether neither its choices nor its ``value`` are of one customer."""
    choices = getattr(field, "choices", None)
    if choices is not None:
        return isinstance(choices, list) and choices == getattr(declared, "choices", None)
    return (
        value in (None, "") or isinstance(value, dt.date | dt.time) or isinstance(field.widget, CheckboxInput)
    )
