"""Controls of forms are those that Django's own templates make, letter for letter."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Widget
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from collections_app.screens.controls import _WRITTEN, Renderer

OURS, DJANGOS = Renderer(), DjangoTemplates()
INPUTS = (
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput),
    *(forms.HiddenInput, forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.CheckboxInput),
    *(forms.TelInput, forms.SearchInput, forms.ColorInput, forms.Textarea),
)
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'\n "), max_size=8)
ATTRS = st.dictionaries(
    st.sampled_from(["id", "class", "data-x", "required", "maxlength", "hx-get"]),
    TEXTS | st.booleans() | st.integers(-9, 12345) | st.just(mark_safe("&amp;")),
    max_size=4,
)
VALUES = (
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, places=2, min_value=-(10**6), max_value=10**6)
    | st.dates(min_value=dt.date(1000, 1, 1))
    | st.just(mark_safe("<b>&amp;</b>"))
)
CHOICES = st.lists(
    st.tuples(TEXTS | st.integers(), TEXTS | st.integers(0, 99999) | st.just(gettext_lazy("Yes")))
    | st.tuples(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=2)),
    max_size=4,
)


def same(widget: Widget, value: Any, attrs: dict[str, Any]) -> bool:
    ours = widget.render("na<me", value, attrs, renderer=OURS)
    return ours == widget.render("na<me", value, attrs, renderer=DJANGOS)


@given(kind=st.sampled_from(INPUTS), value=VALUES, attrs=ATTRS)
def test_inputs(kind: type[Widget], value: Any, attrs: dict[str, Any]) -> None:
    assert same(kind(), value, attrs)


@given(choices=CHOICES, value=VALUES, attrs=ATTRS)
def test_selects(choices: list[Any], value: Any, attrs: dict[str, Any]) -> None:
    assert same(forms.Select(choices=choices), value, attrs)
    assert same(forms.SelectMultiple(choices=choices), [value], attrs)
    assert same(forms.RadioSelect(choices=choices), value, attrs)  # by Django, as everything else


def test_none_that_are_written_here_were_renamed_by_django() -> None:
    for name in _WRITTEN:
        assert DJANGOS.get_template(name)


@pytest.mark.parametrize("value", [Decimal("1234.50"), 1234, dt.date(2026, 3, 1), ""])
def test_figures_are_written_as_django_writes_them(value: Any) -> None:
    assert same(forms.NumberInput(), value, {"step": Decimal("0.01")})
    assert same(forms.Textarea(), value, {})
