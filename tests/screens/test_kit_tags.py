"""What the tags make of values: text first, machine-readable beside it, nothing a policy forbids."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.template import Context, Template

TODAY = dt.date(2026, 3, 11)


def shown(source: str, **context: Any) -> str:
    frame = SimpleNamespace(today=TODAY, now=dt.datetime(2026, 3, 11, 9, 30, tzinfo=dt.UTC), zone=dt.UTC)
    return Template("{% load workbench %}" + source).render(Context({"frame": frame, **context})).strip()


def test_it_keeps_the_exact_amount_as_the_title_of_a_whole_one() -> None:
    html = shown('{% money amount "GBP" "whole" %}', amount=Decimal("61003.60"))
    assert html == '<span class="figure" title="£61,003.60">£61,004</span>'


def test_it_gives_a_day_to_people_and_to_machines() -> None:
    assert shown("{% day on %}", on=dt.date(2026, 3, 3)) == (
        '<time datetime="2026-03-03" title="2026-03-03">3 Mar</time>'
    )


def test_it_prefers_the_day_that_the_view_was_told() -> None:
    assert "3 Mar 2026" in shown("{% day on %}", on=dt.date(2026, 3, 3), today=dt.date(2027, 1, 1))


def test_it_says_an_age_in_words_and_repeats_it_in_colour() -> None:
    assert shown("{% age 41 %}") == '<span class="age age-2">41 days</span>'
    assert shown("{% age 0 %}") == '<span class="age age-0">not overdue</span>'


def test_it_draws_a_share_without_inline_style() -> None:
    html = shown("{% bar 30 120 %}")
    assert 'width="25"' in html
    assert "style" not in html
    assert 'width="0"' in shown("{% bar 1 0 %}")


def test_it_escapes_what_it_is_given() -> None:
    assert "<script>" not in shown("{% money amount code %}", amount=Decimal(1), code="<script>")
    assert "<b>" not in shown('{{ 2|counted:"<b>" }}')


class NoteForm(forms.Form):
    said = forms.CharField(help_text="In their words.")
    channel = forms.ChoiceField(choices=[("call", "Call")], widget=forms.RadioSelect)
    follow = forms.BooleanField()


def test_it_ties_help_and_problems_to_their_control() -> None:
    html = shown('{% field form.said "key=n" %}', form=NoteForm({}))
    assert 'aria-describedby="id_said_helptext id_said_error"' in html
    assert 'id="id_said_helptext"' in html
    assert 'id="id_said_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'data-key="n"' in html


def test_it_groups_choices_under_one_legend() -> None:
    html = shown("{% field form.channel %}", form=NoteForm({}))
    assert "<fieldset" in html
    assert 'aria-describedby="id_channel_error"' in html


def test_it_puts_the_words_of_a_tick_behind_it() -> None:
    html = shown("{% field form.follow %}", form=NoteForm())
    assert html.index('type="checkbox"') < html.index("<label")
