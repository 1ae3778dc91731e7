"""Controls of forms, written by joining strings: the page of a customer has fifty of them, and to have each
rendered by a template of Django's, with another for every option and every list of attributes, took as long
as all the rest of its words. What comes out is the same, letter for letter; what is not here Django renders.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

_HERE = "django/forms/widgets/"


class Renderer(DjangoTemplates):
    """``FORM_RENDERER``."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        write = _WRITTEN.get(template_name)
        if write is None:
            return super().render(template_name, dict(context), request)
        # As Django's own renderer does.
        return mark_safe(write(context["widget"]).strip())


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_text(value)}"'
    return (
        f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{said}{_attrs(widget)}>'
    )


def _textarea(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    said = conditional_escape(localize(value)) if value else ""
    return f'<textarea name="{conditional_escape(widget["name"])}"{_attrs(widget)}>\n{said}</textarea>'


def _select(widget: Mapping[str, Any]) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        written = "".join(f"\n  {_option(option)}" for option in options)
        label = conditional_escape(localize(name)) if name else ""
        groups.append(f'\n  <optgroup label="{label}">{written}\n  </optgroup>' if name else written)
    name = conditional_escape(widget["name"])
    return f'<select name="{name}"{_attrs(widget)}>{"".join(groups)}\n</select>'


def _option(option: Mapping[str, Any]) -> str:
    label = conditional_escape(localize(option["label"]))
    return f'<option value="{_text(option["value"])}"{_attrs(option)}>{label}</option>\n'


def _attrs(widget: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}" if value is True else f' {conditional_escape(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, str) else str(value))


_INPUTS = ("text", "number", "email", "url", "password", "hidden", "date", "datetime", "time", "checkbox")
_WRITTEN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **{f"{_HERE}{name}.html": _input for name in (*_INPUTS, "input", "tel", "search", "color")},
    f"{_HERE}textarea.html": _textarea,
    f"{_HERE}select.html": _select,
}
